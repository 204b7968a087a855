"""The settings of production, read beside those of the run."""

import runpy
import warnings


def settings_of_production():
    with warnings.catch_warnings():
        # Another test of this process may have imported them already; these are read anew.
        warnings.simplefilter("ignore", RuntimeWarning)
        return runpy.run_module("config.settings.production")
