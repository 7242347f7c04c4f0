"""How does a test start many processes without waiting for each to import everything?"""

import multiprocessing

PRELOADED = [
    "assurance.inbox_driver",
    "assurance.member_driver",
    "recourse.adapters.storage.postgres.store",
]


def started(target, *words):
    """A process that does `target`, forked from one that has imported what it needs."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    process = context.Process(target=target, args=words)
    process.start()
    return process
