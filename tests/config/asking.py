"""What a person finds and whether they are let in, asked of an installation."""


def found_names():
    from search.engines import find
    from search.query import ANY_DISTANCE, AssetQuery

    results = find(AssetQuery(text="lunch tilbury walkers", within=ANY_DISTANCE, page_size=50))
    return [hit.asset_id for hit in results.hits], results.total, results.engine
