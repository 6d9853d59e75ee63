import pandas as pd

from verify.store.store import Store


def declaration(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["side", "kind", "words"])


def test_a_second_declaration_leaves_the_sides_of_another_dispute(empty: Store) -> None:
    empty.set_sides(declaration(("North", "alias", "Northern council")))
    empty.set_sides(declaration(("Dockers", "alias", "the union")))
    assert empty.sides()["side"].tolist() == ["North", "Dockers"]


def test_a_side_named_again_is_replaced_as_a_whole(empty: Store) -> None:
    empty.set_sides(declaration(("North", "alias", "council"), ("North", "source", "Radio")))
    empty.set_sides(declaration(("North", "alias", "Northern council")))
    assert empty.sides()["words"].tolist() == ["Northern council"]


def test_words_that_another_side_had_are_taken_over(empty: Store) -> None:
    empty.set_sides(declaration(("North", "alias", "Council"), ("North", "source", "Radio")))
    empty.set_sides(declaration(("South", "alias", "council")))
    rows = empty.sides()[["side", "words"]].to_numpy().tolist()
    assert rows == [["North", "Radio"], ["South", "council"]]


def test_a_side_that_is_declared_again_keeps_its_place(empty):
    empty.set_sides(declaration(("North", "alias", "council"), ("South", "alias", "the army")))
    empty.set_sides(declaration(("West", "alias", "union"), ("North", "alias", "old council")))
    assert empty.sides()["side"].tolist() == ["North", "South", "West"]
