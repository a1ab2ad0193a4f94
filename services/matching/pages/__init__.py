"""Matching's pages: companies, needs, matches and agreements for staff, the company's own, and cards."""

from flask import Blueprint

from services.matching.pages import said
from shared.pages import Pages

blueprint = Blueprint("matching_pages", __name__)
blueprint.context_processor(said.context)
pages = Pages(blueprint)

from services.matching.pages import agreement_papers as agreement_papers
from services.matching.pages import approvals as approvals
from services.matching.pages import assisted as assisted
from services.matching.pages import beside as beside
from services.matching.pages import calls as calls
from services.matching.pages import cards as cards
from services.matching.pages import care as care
from services.matching.pages import centres as centres
from services.matching.pages import changes as changes
from services.matching.pages import colleagues as colleagues
from services.matching.pages import companies as companies
from services.matching.pages import company_messages as company_messages
from services.matching.pages import company_offers as company_offers
from services.matching.pages import consents as consents
from services.matching.pages import dialogues as dialogues
from services.matching.pages import diary as diary
from services.matching.pages import forum as forum
from services.matching.pages import imports as imports
from services.matching.pages import jobbank as jobbank
from services.matching.pages import knowledge as knowledge
from services.matching.pages import matches as matches
from services.matching.pages import meetings as meetings
from services.matching.pages import mentors as mentors
from services.matching.pages import needs as needs
from services.matching.pages import offers as offers
from services.matching.pages import openings as openings
from services.matching.pages import outlooks as outlooks
from services.matching.pages import own_files as own_files
from services.matching.pages import pipeline as pipeline
from services.matching.pages import placements as placements
from services.matching.pages import plan as plan
from services.matching.pages import portal as portal
from services.matching.pages import profiles as profiles
from services.matching.pages import read_backs as read_backs
from services.matching.pages import readings as readings
from services.matching.pages import renewals as renewals
from services.matching.pages import responsibility as responsibility
from services.matching.pages import searches as searches
from services.matching.pages import wording as wording
from services.matching.pages import workplaces as workplaces
