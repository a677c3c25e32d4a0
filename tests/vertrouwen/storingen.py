"""Every failure of a source and every malicious input that is thought of, with the tests that make it happen.

For `docs/betrouwbaarheid.md`.
"""

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
    "een antwoord van een andere tabel": ("bron/test_deur.py test_an_answer_that_is_of_another_table_is_not_taken",),
    "een half teken": ("bron/test_deur.py test_half_a_character_is_no_text",),
    "een catalogus zonder einde": ("bron/test_grenzen.py test_a_catalogue_ends_where_a_table_would",),
    "diepe JSON, geen UTF-8": ("bron/test_http.py test_an_answer_of_another_shape_is_no_metadata",),
    "een pagina dubbel, een rij te weinig": (
        "bron/test_paginas.py test_a_page_that_comes_twice_or_misses_a_row_is_no_answer",
    ),
    "pagina's in een andere volgorde": ("bron/test_paginas.py test_rows_in_two_pages_are_the_same_in_any_order",),
    "pagina's in een kring, of zonder einde": (
        "bron/test_paginas.py test_pages_that_lead_to_each_other_end",
        "bron/test_grenzen.py test_pages_without_end_are_cut_off_and_others_go_on",
        "bron/test_grenzen.py test_pages_that_are_each_held_in_memory_are_cut_off_together",
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
    "een andere eenheid, een ander onderwerp, een onbekende regio of nieuwe gemeente": (
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

# what somebody puts in a file, a text or an order -> tests, as above
AANVALLEN: dict[str, tuple[str, ...]] = {
    "een klein bestand dat groot uitpakt, een cel aan het verre eind, 10.000 kolommen, een rij zonder einde": (
        "bron/test_vellen_grens.py test_a_small_file_does_not_take_gigabytes",
    ),
    "een klein bestand van SPSS met miljoenen cellen": (
        "register/test_levering.py test_a_small_spss_file_with_a_great_many_cells_is_refused_before_they_are_read",
    ),
    "een tekst van een gigabyte": ("bron/test_vellen_grens.py test_a_gigabyte_of_text_is_not_opened",),
    "eigen tekens (entiteiten) die zich vermenigvuldigen, in XLSX, ODS en Word": (
        "bron/test_vellen_grens.py test_a_small_file_does_not_take_gigabytes",
        "reports/test_uitword.py test_a_document_that_may_not_be_opened_is_refused_by_name",
    ),
    "een Word-document met een macro, een ingesloten bestand, of iets van buiten": (
        "reports/test_uitword.py test_a_document_that_may_not_be_opened_is_refused_by_name",
        "reports/test_statenbrief.py test_a_template_that_may_not_be_opened_is_refused_by_name",
    ),
    "NUL-tekens, een andere codering, een naam die niet te tonen is": (
        "bron/test_vellen.py test_text_that_can_not_be_trusted_says_what_to_do",
        "bron/test_vellen_grens.py test_a_name_that_cannot_be_shown_is_refused_and_the_others_are_read",
    ),
    "een formule (=, +, -, @, tab) als naam, in CSV, XLSX, ODS en de werkboeken achter de grafieken van PPTX": (
        "begrippen/test_formule.py test_a_formula_becomes_text",
        "begrippen/test_formule.py test_the_downloads_of_the_report_hold_no_formula",
        "begrippen/test_formule.py test_the_sealed_tables_hold_no_formula",
        "reports/test_werkboek.py test_a_text_that_looks_like_a_formula_is_a_text",
        "reports/test_presentatie.py test_the_workbook_behind_a_chart_holds_no_formula",
    ),
    "<script> en opmaak in een naam, een titel of een definitie": (
        "reports/test_html.py test_what_others_wrote_is_shown_as_text_and_never_as_markup",
        "rapport/test_verken.py test_a_name_can_end_no_script_and_no_line",
    ),
    "<script>, Jinja en Markdown in de tekst van een editie": (
        "reports/test_tekst.py test_what_is_no_plain_text_is_refused",
        "reports/test_tekst.py test_nothing_but_the_closed_set_can_be_called",
        "reports/test_uitword.py test_signs_come_out_as_they_were_typed",
    ),
    "opdrachten van Typst (#read, #eval) in wat wordt gedrukt, en van Word": (
        "reports/test_pdf.py test_what_looks_like_an_order_to_typst_is_printed_as_text",
        "reports/test_uitword.py test_signs_come_out_as_they_were_typed",
    ),
    "een pad met .., een absoluut pad, een koppeling, in een verzegelde editie": (
        "bouw/test_zegel.py test_a_name_that_is_a_way_out_is_refused",
        "bouw/test_zegel.py test_a_link_or_a_file_twice_in_an_archive_is_refused",
        "rapport/test_editie.py test_a_link_in_the_folder_of_an_edition_is_refused",
    ),
    "een pad of een koppeling in een aanlevering": (
        "bron/test_aanlevering.py test_id_of_a_mapping_is_no_path",
        "bron/test_aanlevering.py test_symlinks_are_refused_by_name",
    ),
    "--uit naar een map met iets anders erin": ("bouw/test_publish.py test_a_folder_of_that_name_is_never_replaced",),
    "labels en verwijzingen van YAML die code zijn, of zich vermenigvuldigen": (
        "begrippen/test_yamlbestand.py test_what_yaml_can_do_and_these_files_may_not_is_refused",
    ),
    "SQL in een opdracht, in een naam en in een antwoord": (
        "vragen/test_indicator.py test_sql_in_an_order_is_a_name_that_is_not_there",
        "bron/test_deur.py test_decimals_are_a_small_whole_number",
    ),
    "SQL dat toch draait: in de bouw, in een antwoord, in een database van een ander": (
        "test_gesloten.py test_a_table_of_the_build_reaches_nothing_but_what_it_is_made_of",
        "test_gesloten.py test_nothing_outside_the_folder_is_reached",
        "test_gesloten.py test_a_view_in_a_database_that_was_sent_reads_nothing_of_ours",
    ),
}
