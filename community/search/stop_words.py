"""Words so common that they tell nothing about a text, folded as the analysis folds them."""

from __future__ import annotations

_ENGLISH = """
a about after again all also am an and any are as at be because been before being but by can
cannot cant could d did didn do does doesn doesnt doing don dont done down during each for from
further get gets getting got had has have having he her here hers him his how i if im in into is
isn isnt it its itself ive just ll m me more most my myself no nor not now of off on once only
or other our ours out over own please re s same she should so some such t than thank thanks that
the their theirs them then there these they this those through to too under until up us ve very
was wasn we were what when where which while who whom whose why will with would y you your yours
"""

_SPANISH = """
a al algo alguien algun alguna algunas alguno algunos ante antes aqui asi aun aunque cada como
con contra cual cuales cualquier cuando cuanto de del desde donde dos durante e el ella ellas
ellos en entre era eran eres es esa esas ese eso esos esta estaba estan estar estas este esto
estos estoy fue fueron gracias ha habia hace hacia han hasta hay he hola la las le les lo los
mas me mi mis mucho muy nada ni no nos nosotros o os otra otras otro otros para pero poco por
porque pues puede pueden puedo que quien quienes se ser si sido sin sino sobre solo son soy su
sus tambien tan tanto te tengo ti tiene tienen toda todas todo todos tu tus un una unas uno unos
y ya yo
"""
ENGLISH = frozenset(_ENGLISH.split())
SPANISH = frozenset(_SPANISH.split())
EITHER = ENGLISH | SPANISH
