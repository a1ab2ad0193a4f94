"""Secrets at rest: bound to their row, readable after a new key, findable by a keyed index."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from shared.crypto import Vault

OLD, NEW, INDEX = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
VAULT = Vault({"1": OLD}, INDEX)
ROTATED = Vault({"1": OLD, "2": NEW}, INDEX)
ROW = "citizen.cpr:1"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encrypted_comes_back(clear: str) -> None:
    assert VAULT.decrypt(VAULT.encrypt(clear, bound_to=ROW), bound_to=ROW) == clear


def test_ciphertext_moved_to_another_row_does_not_open() -> None:
    stored = VAULT.encrypt("2512489996", bound_to=ROW)

    with pytest.raises(InvalidTag):
        VAULT.decrypt(stored, bound_to="citizen.cpr:2")


def test_same_value_is_stored_differently_each_time() -> None:
    assert VAULT.encrypt("2512489996", bound_to=ROW) != VAULT.encrypt("2512489996", bound_to=ROW)


def test_old_key_still_reads_after_rotation_and_the_new_one_writes() -> None:
    before = VAULT.encrypt("2512489996", bound_to=ROW)
    after = ROTATED.encrypt("2512489996", bound_to=ROW)

    assert ROTATED.decrypt(before, bound_to=ROW) == "2512489996"
    assert after.startswith("2.")
    with pytest.raises(KeyError):
        VAULT.decrypt(after, bound_to=ROW)


def test_blind_index_is_equal_for_equal_values_under_one_key_only() -> None:
    index = VAULT.blind_index("2512489996")

    assert index == ROTATED.blind_index("2512489996")
    assert index != VAULT.blind_index("2512489997")
    assert index != Vault({"1": OLD}, NEW).blind_index("2512489996")
    assert len(index) == 32
