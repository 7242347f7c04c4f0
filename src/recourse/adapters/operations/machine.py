"""Is this machine set up for the store: settings, room on the disk, files of evidence?"""

import os
import shutil

from recourse.adapters.operations.finding import Outcome, found
from recourse.adapters.operations.site import Site

SHOWN = 5  # of many


def settings(site: Site) -> Outcome:
    """Whether the settings can be read, and each one that is given is one."""
    if site.unreadable is not None:
        return found("unreadable", why_zh=site.unreadable.zh, why_en=site.unreadable.en)
    if site.mistyped:
        return found("mistyped", variables=", ".join(site.mistyped))
    return found("ok")


def disk(site: Site) -> Outcome:
    """Whether there is room left where the store's files are."""
    usage = shutil.disk_usage(site.folder)
    least = int(site.settings["operations.least_free_bytes"])
    code = "ok" if usage.free >= least else "full"
    mebibytes = 1 << 20
    return found(code, folder=site.folder, free=usage.free // mebibytes, least=least // mebibytes)


def evidence(site: Site) -> Outcome:
    """Whether files of evidence can be kept, and those kept are as they were."""
    kept = site.evidence
    if kept is None or not kept.folder.exists():
        return found("none")
    if not os.access(kept.folder, os.W_OK | os.X_OK):
        return found("closed", folder=kept.folder)
    states = {name: kept.state_of(name) for name in kept.names()}
    altered = [name for name, state in states.items() if state != "stored"]
    told = ", ".join(name[:12] for name in altered[:SHOWN])
    code = "altered" if altered else "ok"
    return found(code, folder=kept.folder, count=len(states), told=told)
