"""Every failure of a source that is thought of, and the tests that make it happen, for `docs/betrouwbaarheid.md`."""

# what the source does -> tests, as file and name of the function
STORINGEN: dict[str, tuple[str, ...]] = {
    "geen verbinding": ("bron/test_http.py test_a_dead_host_is_not_waited_for_at_every_table",),
    "verbinding valt weg na een paar bytes": (
        "bron/test_fetch.py test_host_that_keeps_resetting_fails_and_leaves_the_previous_answer",
    ),
    "half antwoord, of een verkeerde lengte": (
        "bron/test_http.py test_half_an_answer_every_time_is_an_error_that_names_the_address",
        "bron/test_http.py test_a_chunk_of_an_odd_size_is_half_an_answer",
    ),
    "429 en 503, met en zonder Retry-After": (
        "bron/test_http.py test_a_busy_server_is_asked_again_with_growing_pauses",
        "bron/test_http.py test_retry_after_in_seconds_and_as_a_date",
        "bron/test_http.py test_a_pause_that_cannot_be_read_is_one_of_our_own",
    ),
    "een antwoord zonder einde, of een byte per seconde": (
        "bron/test_grenzen.py test_what_takes_too_long_is_cut_off",
        "bron/test_grenzen.py test_a_run_ends_whatever_its_tables_do",
    ),
    "een pagina van 500 MB, een klein bestand dat groot uitpakt": (
        "bron/test_grenzen.py test_what_is_too_much_is_cut_off",
    ),
    "HTML of een foutmelding in plaats van cijfers": (
        "bron/test_deur.py test_every_answer_of_another_kind_ends_at_its_table",
        "bron/test_http.py test_an_answer_of_another_shape_is_no_page",
    ),
    "diepe JSON, geen UTF-8": ("bron/test_http.py test_an_answer_of_another_shape_is_no_metadata",),
    "een pagina dubbel, een rij te weinig": (
        "bron/test_paginas.py test_a_page_that_comes_twice_or_misses_a_row_is_no_answer",
    ),
    "pagina's in een andere volgorde": ("bron/test_paginas.py test_rows_in_two_pages_are_the_same_in_any_order",),
    "pagina's in een kring, of zonder einde": (
        "bron/test_paginas.py test_pages_that_lead_to_each_other_end",
        "bron/test_grenzen.py test_pages_without_end_are_cut_off_and_others_go_on",
    ),
    "een volgende pagina bij een ander, of in een bestand": (
        "bron/test_http.py test_a_link_to_another_place_is_refused",
    ),
    "een omleiding naar http of naar een ander": (
        "bron/test_http.py test_where_a_redirect_may_lead",
        "bron/test_http.py test_a_redirect_stays_with_its_host",
    ),
    "een certificaat dat niet te vertrouwen is": (
        "bron/test_paginas.py test_a_certificate_that_is_not_trusted_gives_no_answer_and_costs_none",
    ),
    "een tabel die verandert tijdens het ophalen": (
        "bron/test_bewogen.py test_a_table_that_changed_between_its_pages_is_not_taken",
    ),
    "een oudere datum dan de vorige keer": (
        "bron/test_bewogen.py test_an_older_answer_than_the_one_in_use_is_refused_until_that_one_is_withdrawn",
    ),
    "andere cijfers onder dezelfde datum": (
        "bron/test_nagaan.py test_other_cells_under_the_same_date_are_found_within_a_month",
    ),
    "een andere eenheid, een ander onderwerp, een onbekende regio": (
        "bron/test_fetch.py test_bad_content_is_refused_and_the_previous_answer_stays",
    ),
    "alle cijfers keer duizend of anderhalf, codes verwisseld": (
        "bron/test_bewogen.py test_figures_of_another_size_are_refused",
    ),
    "NaN, oneindig, 1e400, een getal als tekst": ("bron/test_deur.py test_a_number_is_a_number",),
    "een opgeheven gemeente": ("indicatoren/test_motor.py test_an_abolished_municipality_has_no_rows_after_its_end",),
    "een klok die te ver vooruit stond": (
        "bron/test_bewogen.py test_what_was_fetched_last_is_used_whatever_the_clock_said",
    ),
    "namen met .. of aanhalingstekens, SQL in een antwoord": (
        "bron/test_deur.py test_a_name_leads_nowhere_else",
        "bron/test_deur.py test_decimals_are_a_small_whole_number",
    ),
}
