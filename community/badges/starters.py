"""The badges that every forum starts with. Admins may change them; they are never changed back."""

from __future__ import annotations

from typing import Any

from community.badges.models import Metric, Tier

B, S, G = Tier.BRONZE, Tier.SILVER, Tier.GOLD
Starter = tuple[str, Tier, str, Metric | None, int, tuple[str, str], tuple[str, str]]

# Key, tier, drawing, what is counted and from which number on, then names and meanings.
STARTERS: tuple[Starter, ...] = (
    ("first-question", B, "question", Metric.QUESTIONS, 1, ("First question", "Primera pregunta"), ("Asked a first question", "Hizo su primera pregunta")),
    ("first-answer", B, "answer", Metric.ANSWERS, 1, ("First answer", "Primera respuesta"), ("Answered for the first time", "Respondió por primera vez")),
    ("first-solution", B, "check", Metric.SOLUTIONS, 1, ("Problem solver", "Primera solución"), ("Wrote an answer that solved a question", "Escribió una respuesta que resolvió una pregunta")),
    ("feedback", B, "heart", Metric.MARKED, 1, ("It worked!", "¡Funcionó!"), ("Told everybody which answer solved the problem", "Contó a todos qué respuesta resolvió su problema")),
    ("first-vote", B, "up", Metric.VOTES, 1, ("First vote", "Primer voto"), ("Voted for the first time", "Votó por primera vez")),
    ("answers-10", B, "answer", Metric.ANSWERS, 10, ("Lends a hand", "Echa una mano"), ("Wrote 10 answers", "Escribió 10 respuestas")),
    ("comments-10", B, "comment", Metric.COMMENTS, 10, ("Good company", "Buena compañía"), ("Wrote 10 comments", "Escribió 10 comentarios")),
    ("good-question", B, "question", Metric.QUESTION_SCORE, 5, ("Good question", "Buena pregunta"), ("Asked a question that reached 5 points", "Hizo una pregunta que llegó a 5 puntos")),
    ("good-answer", B, "star", Metric.ANSWER_SCORE, 5, ("Good answer", "Buena respuesta"), ("Wrote an answer that reached 5 points", "Escribió una respuesta que llegó a 5 puntos")),
    ("year", B, "calendar", Metric.YEARS, 1, ("One year here", "Un año aquí"), ("Has been here for a year", "Lleva un año aquí")),
    ("solutions-10", S, "check", Metric.SOLUTIONS, 10, ("Reliable", "De confianza"), ("Solved 10 questions", "Resolvió 10 preguntas")),
    ("answers-100", S, "answer", Metric.ANSWERS, 100, ("Always there", "Siempre presente"), ("Wrote 100 answers", "Escribió 100 respuestas")),
    ("helped-25", S, "people", Metric.HELPED, 25, ("Friend of many", "Amistad de muchos"), ("Helped 25 people", "Ayudó a 25 personas")),
    ("great-answer", S, "star", Metric.ANSWER_SCORE, 15, ("Great answer", "Gran respuesta"), ("Wrote an answer that reached 15 points", "Escribió una respuesta que llegó a 15 puntos")),
    ("me-toos-50", S, "people", Metric.ME_TOOS, 50, ("Not only one", "No solo a uno"), ("Solved what 50 more people were facing", "Resolvió lo que les pasaba a 50 personas más")),
    ("days-100", S, "calendar", Metric.DAYS, 100, ("Part of the house", "Parte de la casa"), ("Wrote on 100 days", "Escribió en 100 días distintos")),
    ("years-5", S, "calendar", Metric.YEARS, 5, ("Five years here", "Cinco años aquí"), ("Has been here for five years", "Lleva cinco años aquí")),
    ("solutions-100", G, "check", Metric.SOLUTIONS, 100, ("Master solver", "Gran solucionador"), ("Solved 100 questions", "Resolvió 100 preguntas")),
    ("helped-250", G, "people", Metric.HELPED, 250, ("Pillar of the community", "Pilar de la comunidad"), ("Helped 250 people", "Ayudó a 250 personas")),
    ("best-answer", G, "star", Metric.ANSWER_SCORE, 50, ("Outstanding answer", "Respuesta excepcional"), ("Wrote an answer that reached 50 points", "Escribió una respuesta que llegó a 50 puntos")),
    ("good-answers-10", S, "star", Metric.GOOD_ANSWERS, 10, ("Good advice", "Buenos consejos"), ("Wrote 10 answers that reached 3 points", "Escribió 10 respuestas que llegaron a 3 puntos")),
    ("first-answers-25", S, "answer", Metric.FIRST_ANSWERS, 25, ("Quick to help", "A la primera"), ("Was the first to answer 25 questions", "Fue quien respondió primero a 25 preguntas")),
    ("thanked-10", B, "heart", Metric.THANKS, 10, ("Much thanked", "Muchas gracias"), ("Was thanked 10 times", "Recibió las gracias 10 veces")),
    ("streak-7", B, "calendar", Metric.STREAK, 7, ("A whole week", "Toda una semana"), ("Wrote on 7 days in a row", "Escribió 7 días seguidos")),
    ("thank-you", S, "heart", None, 1, ("Thank you", "Gracias"), ("Given by staff, with a reason", "La concede el equipo, con un motivo")),
    ("hero", G, "shield", None, 1, ("Community hero", "Orgullo de la comunidad"), ("Given by staff for what nobody will forget", "La concede el equipo por algo que nadie olvidará")),
)  # fmt: skip
SCORES = {"good-answers-10": 3}
PER_POST = {"good-question", "good-answer", "great-answer", "best-answer"}


def rows() -> list[dict[str, Any]]:
    """Return the starters as rows of the table."""
    return [
        {
            "key": key,
            "tier": tier,
            "icon": icon,
            "metric": metric,
            "number": number,
            "name_en": names[0],
            "name_es": names[1],
            "meaning_en": meanings[0],
            "meaning_es": meanings[1],
            "per_post": key in PER_POST,
            "score": SCORES.get(key, 0),
        }
        for key, tier, icon, metric, number, names, meanings in STARTERS
    ]
