"""A site as production runs it, with a listing where residents may ask, whose errors quote whatever they can."""
