"""Matching's pages: companies, needs, matches and agreements for staff, the company's own, and cards."""

from flask import Blueprint

from services.matching.pages import said
from shared.pages import Pages

blueprint = Blueprint("matching_pages", __name__)
blueprint.context_processor(said.context)
pages = Pages(blueprint)

from services.matching.pages import agreement_papers as agreement_papers  # noqa: E402
from services.matching.pages import approvals as approvals  # noqa: E402  (these register their pages on the blueprint)
from services.matching.pages import beside as beside  # noqa: E402
from services.matching.pages import calls as calls  # noqa: E402  (these register their pages on the blueprint above)
from services.matching.pages import cards as cards  # noqa: E402
from services.matching.pages import care as care  # noqa: E402
from services.matching.pages import centres as centres  # noqa: E402
from services.matching.pages import changes as changes  # noqa: E402
from services.matching.pages import colleagues as colleagues  # noqa: E402
from services.matching.pages import companies as companies  # noqa: E402
from services.matching.pages import company_messages as company_messages  # noqa: E402
from services.matching.pages import consents as consents  # noqa: E402
from services.matching.pages import diary as diary  # noqa: E402
from services.matching.pages import jobbank as jobbank  # noqa: E402
from services.matching.pages import knowledge as knowledge  # noqa: E402
from services.matching.pages import matches as matches  # noqa: E402
from services.matching.pages import meetings as meetings  # noqa: E402
from services.matching.pages import mentors as mentors  # noqa: E402
from services.matching.pages import needs as needs  # noqa: E402
from services.matching.pages import offers as offers  # noqa: E402
from services.matching.pages import openings as openings  # noqa: E402
from services.matching.pages import outlooks as outlooks  # noqa: E402
from services.matching.pages import own_files as own_files  # noqa: E402
from services.matching.pages import pipeline as pipeline  # noqa: E402
from services.matching.pages import placements as placements  # noqa: E402
from services.matching.pages import plan as plan  # noqa: E402
from services.matching.pages import portal as portal  # noqa: E402
from services.matching.pages import profiles as profiles  # noqa: E402
from services.matching.pages import read_backs as read_backs  # noqa: E402
from services.matching.pages import readings as readings  # noqa: E402
from services.matching.pages import renewals as renewals  # noqa: E402
from services.matching.pages import responsibility as responsibility  # noqa: E402
from services.matching.pages import searches as searches  # noqa: E402
from services.matching.pages import wording as wording  # noqa: E402
from services.matching.pages import workplaces as workplaces  # noqa: E402
