"""Matches proposed for a whole programme, decided one by one, published together; and taken back together."""

import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.actions.relations import RematchNeedsReason, start_dyad
from mentoring.audit_verbs import (
    MATCHING_CANCELLED,
    MATCHING_CHANGED,
    MATCHING_DROPPED,
    MATCHING_PROPOSED,
    MATCHING_PUBLISHED,
)
from mentoring.matching.assignment import assign
from mentoring.matching.pool import Pool, pool
from mentoring.matching.told import Candidate, Told, tell
from mentoring.models import Dyad, MatchingRound, Mentor, Proposal
from people import audit
from people.models import Message, User
from people.stamps import stamp_of
from programs.gestures.kinds import made_of
from programs.gestures.verbs import take_back
from programs.models import Program

Choice = Proposal.Choice
WHY = ("rematch_reason", "unverified_reason", "untrained_reason")
LETTERS = ("mentor_words", "student_words", "family_words")


@transaction.atomic
def propose(*, program: Program, person: User, on: date) -> MatchingRound:
    """Propose a mentor for every student who waits, at once; what a person decided stays as it is.

    The pending round of the programme is run again; without one, a new one begins.
    """
    locked = Program.objects.select_for_update(of=("self",)).select_related("board").get(pk=program.pk)
    if locked.domain != Program.Domain.MENTORING:
        raise ValidationError(_("Choisissez un programme de mentorat."))
    current = MatchingRound.objects.pending().filter(program=locked).first()
    if current is None:
        said = {"board": locked.board, "program": locked, "starts_on": on}
        current = MatchingRound.objects.create(**said, proposed_on=on, proposed_by=person)
    else:
        current.proposed_on, current.proposed_by, current.starts_on = on, person, max(on, current.starts_on)
        current.save()
    whole = pool(locked, person, on=current.starts_on, today=on)
    waiting = {one.referral.pk for one in whole.waiting}
    current.proposals.exclude(choice__in=[Choice.CHOSEN, Choice.LEFT_OUT], referral__in=waiting).delete()
    kept = list(current.proposals.all())
    _propose_rest(current, whole, kept)
    audit.record(board=locked.board, person=person, verb=MATCHING_PROPOSED, subject=current)
    return current


def _propose_rest(current: MatchingRound, whole: Pool, kept: list[Proposal]) -> None:
    given = Counter(row.mentor_id for row in kept)
    decided = {row.referral_id for row in kept}
    rest = Pool(
        whole.program,
        whole.on,
        [one for one in whole.waiting if one.referral.pk not in decided],
        whole.offers,
        whole.numbers,
    )
    found = assign(rest, taken=[given[offer.mentor.pk] for offer in whole.offers])
    Proposal.objects.bulk_create(
        Proposal(round=current, referral=one.referral, mentor=offer.mentor if offer else None)
        for one, offer in zip(rest.waiting, found, strict=True)
    )


@transaction.atomic
def choose_mentor(*, proposal: Proposal, mentor: Mentor, person: User, on: date, why: Mapping[str, str]) -> Proposal:
    """Decide that this mentor is the one: it stays so when the proposals are run again.

    ``why`` holds the reasons of ``WHY``; refused by field where the match passes a gate, or comes after an end, without
    its reason.
    """
    current = _pending(proposal)
    chosen = _candidate(current, mentor, person, on)
    asked = [*chosen.exceptions, *(["rematch_reason"] if chosen.earlier else [])]
    if lacking := [name for name in asked if not why.get(name, "").strip()]:
        raise ValidationError({name: _asks(name) for name in lacking})
    said = {name: why.get(name, "").strip() if name in asked else "" for name in WHY}
    same = (current.mentor_id, current.choice) == (mentor.pk, Choice.CHOSEN)
    if same and all(getattr(current, name) == value for name, value in said.items()):
        return current
    current.mentor, current.choice = mentor, Choice.CHOSEN
    return _written(current, said, person)


@transaction.atomic
def leave_out(*, proposal: Proposal, person: User) -> Proposal:
    """Match this student with nobody for now; twice changes nothing."""
    current = _pending(proposal)
    if current.choice == Choice.LEFT_OUT:
        return current
    current.mentor, current.choice = None, Choice.LEFT_OUT
    return _written(current, dict.fromkeys(WHY, ""), person)


@transaction.atomic
def let_propose(*, proposal: Proposal, person: User) -> Proposal:
    """Leave it to the next run: what was decided of it is decided no more."""
    current = _pending(proposal)
    if current.choice == Choice.PROPOSED:
        return current
    current.choice = Choice.PROPOSED
    return _written(current, dict.fromkeys(WHY, ""), person)


def _pending(proposal: Proposal) -> Proposal:
    """The proposal, locked with its round; refused once the round is published."""
    held = MatchingRound.objects.select_for_update(of=("self",)).get(pk=proposal.round_id)
    if held.published_on is not None:
        raise ValidationError(_("Ces jumelages sont publiés\u00a0: leurs dyades se modifient une à une."))
    return Proposal.objects.select_for_update(of=("self",)).with_people().get(pk=proposal.pk)


def _candidate(proposal: Proposal, mentor: Mentor, person: User, on: date) -> Candidate:
    told = tell(proposal.round, person, today=on)
    row = next(row for row in told.rows if row.proposal.pk == proposal.pk)
    if row.waiting is None:
        raise ValidationError(_("Cette personne n’attend plus\u00a0: relancez les propositions."))
    every = told.candidates(row.waiting, besides=proposal.mentor_id)
    found = next((one for one in every if one.offer.mentor.pk == mentor.pk), None)
    if found is None:
        raise ValidationError({"mentor": _("Cette personne ne peut plus être choisie.")})
    return found


def _written(proposal: Proposal, said: Mapping[str, str], person: User) -> Proposal:
    for name, value in said.items():
        setattr(proposal, name, value)
    proposal.save()
    board = proposal.round.program.board
    audit.record(board=board, person=person, verb=MATCHING_CHANGED, subject=proposal)
    return proposal


def _asks(name: str) -> str:
    if name == "rematch_reason":
        return _("Indiquez le motif de ce nouveau jumelage.")
    if name == "unverified_reason":
        return _("Dites pourquoi jumeler avant la vérification des antécédents judiciaires.")
    return _("Dites pourquoi jumeler avant la fin de la formation.")


@transaction.atomic
def drop_round(*, round: MatchingRound, person: User) -> bool:
    """Give a pending round up, what was decided of it too; the students go on waiting. False when it is gone."""
    current = MatchingRound.objects.select_for_update(of=("self",)).select_related("board").filter(pk=round.pk).first()
    if current is None:
        return False
    if current.published_on is not None:
        raise ValidationError(_("Ces jumelages sont publiés\u00a0: annulez-les plutôt."))
    audit.record(board=current.board, person=person, verb=MATCHING_DROPPED, subject=current)
    current.delete()
    return True


def version_of(round: MatchingRound) -> str:
    """What the round proposes, in a few characters: what is published is what was read."""
    names = ("mentor_id", "choice", *WHY)
    return stamp_of({str(row.pk): [getattr(row, name) for name in names] for row in round.proposals.all()})


@transaction.atomic
def publish(
    *,
    round: MatchingRound,
    person: User,
    on: date,
    seen: str,
    starts_on: date,
    committed_until: date | None,
    letters: Mapping[str, str],
) -> MatchingRound:
    """Make the dyads of every match proposed, and tell each mentor; all, or none with what to do. Twice is once.

    ``seen`` is the version that the person read. Each dyad is made by ``start_dyad``, with its own checks and journal.
    """
    current = MatchingRound.objects.select_for_update(of=("self",)).select_related("program__board").get(pk=round.pk)
    if current.published_on is not None:
        return current
    if seen != version_of(current):
        words = _("Quelqu’un a changé ces propositions entre-temps\u00a0: relisez-les avant de publier.")
        raise ValidationError(words, code="stale")
    current.starts_on, current.committed_until = starts_on, committed_until
    for name in LETTERS:
        setattr(current, name, letters[name].strip())
    told = tell(current, person, today=on)
    if not told.matched:
        raise ValidationError(_("Aucun jumelage n’est proposé\u00a0: choisissez d’abord."))
    refused = [sentence for row in told.matched for sentence in _publish_one(current, row, person, on)]
    if refused:
        raise ValidationError([ValidationError(sentence) for sentence in refused])
    current.published_on, current.published_by = on, person
    current.save()
    audit.record(board=current.board, person=person, verb=MATCHING_PUBLISHED, subject=current)
    _tell_mentors(current, person, on)
    return current


def _publish_one(current: MatchingRound, row: Told, person: User, on: date) -> list[str]:
    """What stands in the way of one match, in sentences; none once its dyad is there."""
    proposal, who = row.proposal, str(row.proposal.referral.student)
    if row.waiting is None:
        return [_("%(who)s n’attend plus\u00a0: relancez les propositions.") % {"who": who}]
    if row.chosen is None:
        return [f"{who}\u00a0: " + _("Cette personne ne peut plus être choisie.")]
    found = [str(gate.why_not) for gate in row.stops if not gate.exception] + [_asks(name) for name in row.asks]
    if found:
        return [f"{who}\u00a0: {sentence}" for sentence in found]
    assert proposal.mentor is not None  # noqa: S101 - it is among the matched
    try:
        proposal.dyad = start_dyad(
            program=current.program,
            mentor=proposal.mentor,
            student=proposal.referral.student,
            person=person,
            on=on,
            starts_on=current.starts_on,
            committed_until=current.committed_until,
            entry_uuid=uuid.uuid5(uuid.UUID(current.key), str(proposal.referral_id)),
            **{name: getattr(proposal, name) for name in WHY},
        )
    except RematchNeedsReason:
        return [f"{who}\u00a0: {_asks('rematch_reason')}"]
    except ValidationError as refusal:
        return [f"{who}\u00a0: {sentence}" for sentence in refusal.messages]
    proposal.save()
    return []


def _tell_mentors(current: MatchingRound, person: User, on: date) -> None:
    """One message for each mentor who has an address, whatever the number of their students."""
    with_mail = User.objects.filter(mentor__proposals__in=current.proposals.filter(dyad__isnull=False), is_active=True)
    Message.objects.bulk_create(
        Message(person=one, board=current.board, kind=Message.Kind.MATCH, on=on, target=current.pk, asked_by=person)
        for one in with_mail.exclude(email=None).exclude(email="").distinct().order_by("pk")
    )


@transaction.atomic
def cancel_round(*, round: MatchingRound, person: User, on: date) -> MatchingRound:
    """Take back the dyads of a published round, all or none; the proposals pend again, as they were.

    Within the days during which what is made can be undone, and while nothing is logged of them. Letters that have not
    left don't.
    """
    current = MatchingRound.objects.select_for_update(of=("self",)).select_related("board").get(pk=round.pk)
    if current.published_on is None:
        return current
    if MatchingRound.objects.pending().filter(program=current.program_id).exists():
        raise ValidationError(_("D’autres propositions sont en cours dans ce programme\u00a0: abandonnez-les d’abord."))
    refused = []
    for dyad in Dyad.objects.with_people().filter(proposals__round=current).order_by("pk"):
        try:
            take_back(kind=made_of(Dyad), row=dyad, person=person, on=on)
        except ValidationError as refusal:
            refused += [f"{dyad}\u00a0: {sentence}" for sentence in refusal.messages]
    if refused:
        raise ValidationError([ValidationError(sentence) for sentence in refused])
    current.published_on = current.published_by = None
    current.save()
    waiting = Message.objects.filter(kind=Message.Kind.MATCH, target=current.pk, board=current.board)
    waiting.filter(state=Message.State.QUEUED).update(state=Message.State.DROPPED)
    audit.record(board=current.board, person=person, verb=MATCHING_CANCELLED, subject=current)
    return current
