"""Which tables changed, asked of the catalogues."""

from dataclasses import replace

from assets.bron.catalogus import changed_tabellen
from assets.bron.poging import write_poging


def changed(bank, *tabellen):
    with bank.client() as client:
        return changed_tabellen(tabellen or (bank.tabel("v3"), bank.tabel("v4")), bank.adressen, bank.archief, client)


def test_table_that_was_never_fetched_counts_as_changed(bank):
    found, messages = changed(bank)
    assert (set(found), messages) == ({"10000NED", "20000NED"}, [])
    assert len(bank.storing.verzoeken) == 2, "een vraag per catalogus"


def test_nothing_changed_after_a_fetch(bank):
    for api in ("v3", "v4"):
        bank.fetch(bank.tabel(api))
    assert changed(bank) == ({}, [])


def test_table_that_changed_is_named_with_its_version(bank):
    for api in ("v3", "v4"):
        bank.fetch(bank.tabel(api))
    for table in (bank.make_v3(), bank.make_v4()):
        name = "MetaDataModified" if table.api == "v3" else "Version"
        bank.restock(replace(table, eigenschappen={**table.eigenschappen, name: "202602030000"}))
    found, _ = changed(bank)
    assert set(found) == {"10000NED", "20000NED"} and all("202602030000" in v for v in found.values())


def test_table_that_comes_back_as_it_was_is_a_change(bank):
    table = bank.tabel("v3")
    bank.fetch(table)
    bank.storing.afwezig = frozenset([table.id])
    bank.restock(bank.make_v3())
    assert changed(bank, table) == ({table.id: ""}, [])
    assert write_poging(bank.archief, bank.fetch(table), bank.now()).resultaat == "afwezig"
    assert changed(bank, table) == ({}, [])
    bank.storing.afwezig = frozenset()
    bank.restock(bank.make_v3())
    assert set(changed(bank, table)[0]) == {table.id}
    assert write_poging(bank.archief, bank.fetch(table), bank.now()).resultaat == "ongewijzigd"
    assert changed(bank, table) == ({}, [])


def test_many_tables_are_asked_in_addresses_that_are_not_too_long(bank):
    many = [bank.tabel("v3", id=f"{n}NED") for n in range(10000, 10200)]
    assert set(changed(bank, *many)[0]) == {"10000NED"}
    assert len(bank.storing.verzoeken) > 2 and max(map(len, bank.storing.verzoeken)) < 2048


def test_catalogue_that_does_not_answer_is_a_message(bank):
    bank.storing.alleen, bank.storing.verbreek = "ODataCatalog", 1000
    found, (message,) = changed(bank)
    assert set(found) == {"20000NED"} and "ODataCatalog" in message
