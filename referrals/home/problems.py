"""Why something could not be done, as a sentence for whoever tried.

HomeProblem
├── CoverProblem     nobody can stand in like that
├── ChangedSince     what was looked at before is not what is there now
└── StillOpen        something with a person still goes on
"""


class HomeProblem(Exception):
    """A sentence for whoever did it."""


class CoverProblem(HomeProblem):
    pass


class ChangedSince(HomeProblem):
    pass


class StillOpen(HomeProblem):
    pass
