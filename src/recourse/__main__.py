"""How does `python -m recourse` start? As the command line does, with its exit code."""

from recourse.adapters.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
