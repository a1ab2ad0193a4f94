"""Nothing of others comes in under a licence that nobody has looked at."""

import pytest

from deploy.licences import SHIPPED, TOOLS, Part, allowed, refused


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT AND OFL-1.1 AND Apache-2.0)", True),
        ("AGPL-3.0-only", False),
        ("none told", False),
        ("UNLICENSED", False),
    ],
)
def test_licence_may_be_shipped_or_not(licence: str, may: bool) -> None:
    assert allowed(licence, SHIPPED) is may


def test_a_tools_licence_is_for_tools_alone() -> None:
    shipped = Part("x", "1", "GPL-2.0-only", shipped=True)
    tool = Part("y", "1", "GPL-2.0-only", shipped=False)

    assert (refused([shipped, tool]), allowed("GPL-2.0-only", TOOLS)) == (["x 1: GPL-2.0-only"], True)
