"""A question, the answer, the verdict: the session of `study.session` on a screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from companion.answers.protocol import has_content
from companion.learner.events import Dispute
from companion.study import session
from companion.study.actions import Place
from companion.study.session import Asked, Effect, Event, Planned, State
from companion.study.words import report_of, verdict_words
from companion.tui.bindings import bindings_for
from companion.tui.messages import AnswerChanged, FieldMessage, SubmitAsked
from companion.tui.screens.base import CompanionScreen
from companion.tui.widgets.answer_line import AnswerLine
from companion.tui.widgets.choice import ChoiceField
from companion.tui.widgets.fields import TypedField
from companion.tui.widgets.lines import LinesField
from companion.tui.widgets.note import Note
from companion.tui.widgets.order import OrderField
from companion.tui.widgets.steps import StepsField

if TYPE_CHECKING:
    from textual.timer import Timer

    from companion.answers.protocol import Reply
    from companion.curriculum.variants import AskedField
    from companion.study.symbols import Mark

FieldWidget = TypedField | StepsField | ChoiceField | OrderField

DRAFT_SECONDS = 1.0
"""How long after the last keystroke the draft is written."""


def _is_answered(widget: FieldWidget) -> bool:
    """Whether there is anything in a field. Of several options none may be the answer."""
    return has_content(widget.answer()) or (isinstance(widget, ChoiceField) and widget.field.multiple)


class QuizScreen(CompanionScreen):
    """Asks the planned questions one after the other."""

    PLACE: ClassVar[Place] = "quiz"
    BINDINGS: ClassVar = bindings_for("quiz")

    def __init__(self, planned: tuple[Planned, ...], title: str) -> None:
        super().__init__()
        self._title = title
        self._state, self._first_effects = session.begin(planned)
        self._shown: Asked | None = None
        self._typed: session.Answer = {}
        self._draft_timer: Timer | None = None
        self._marked: Reply | None = None
        self._skips = 0

    def compose_body(self) -> ComposeResult:
        """The question, its fields, and what is said about the answer."""
        with VerticalScroll(id="question", can_focus=False):
            yield Note(id="prompt")
            yield Vertical(id="fields")
            yield Static(id="verdict")
            yield Note(id="feedback")
            yield Note(id="hints")
            yield Note(id="solution")

    def on_mount(self) -> None:
        """Ask the first question."""
        super().on_mount()
        self._carry_out_all(self._first_effects)
        self._show()

    def on_screen_resume(self) -> None:
        """What is typed stays as it is."""

    def on_unmount(self) -> None:
        """Nothing typed is lost on the way out."""
        self._keep_draft()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now are shown."""
        if not super().check_action(action, parameters):
            return False
        state = self._state
        match action:
            case "symbols":
                return self._line() is not None
            case "dispute":
                return state.phase == "judged" and state.attempt is not None and not state.disputed
            case "skip":
                return state.phase != "judged"
            case "hint":
                return state.asked is None or state.hints < len(state.asked.variant.hints)
            case "solution":
                return not state.solution
            case "variant":
                return state.asked is None or bool(state.asked.exercise.params)
        return True

    # ------------------------------------------------------------------ the session

    def send(self, event: Event) -> None:
        """Let something happen in the session, show the outcome, carry out the effects."""
        self._state, effects = session.advance(self._state, event)
        if not self.is_attached or not self.query("#heading"):  # left while the judge worked: what was typed is kept as a draft
            return
        self._show()
        self.refresh_bindings()
        self._carry_out_all(effects)
        if self._state.is_over:
            self._finish()

    def _carry_out_all(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            self.run_worker(self._carry_out(effect), exit_on_error=True)

    async def _carry_out(self, effect: Effect) -> None:
        match effect:
            case session.Load():
                await self._load(effect.planned)
            case session.Judge():
                from companion.curriculum.variants import to_answer

                reply = await self.services.judge(effect.variant.question, to_answer(effect.variant, effect.answer))
                self.send(session.Judged(reply, self.services.clock.now()))
            case session.Record():
                identifier = await self.companion.record(effect.attempt)
                self.send(session.Recorded(identifier, "" if identifier else "This answer could not be kept."))
            case session.RecordDispute():
                await self.companion.record(Dispute(effect.attempt))

    async def _load(self, planned: Planned) -> None:
        from companion.curriculum.variants import resolve

        exercise = await self.services.exercise(planned.exercise)
        variant = await self.services.in_thread(resolve, exercise, planned.seed)
        asked = Asked(exercise, variant)
        await self._show_question(asked)
        self.send(session.Loaded(asked, self.services.clock.now()))
        if self._skips:
            self._skips -= 1
            self.action_skip()

    def _finish(self) -> None:
        from companion.tui.screens.result import ResultScreen

        self.companion.switch_screen(ResultScreen(self._state, self._title))

    # ------------------------------------------------------------------ the person

    def action_submit(self) -> None:
        """Before the verdict: judge. After it: the next question, or judge again if the answer was edited."""
        self._submit_answer(self._answer())

    def _submit_answer(self, answer: session.Answer) -> None:
        right = self._state.reply is not None and self._state.reply.verdict == "correct"
        if self._state.phase == "judged" and (right or answer == self._state.answer):
            self._typed = answer
            self._keep_draft()
            self.send(session.Continued())
            return
        if self._state.phase == "judged":
            self.send(session.Retried())
        if self._state.phase == "asking" and self._went_to_empty_field():
            return
        if self._state.phase == "asking":
            self.send(session.Submitted(answer, self.services.clock.now()))
            if self._state.phase == "asking":
                self._go_to_first_empty_field()
                return
            for widget in self._widgets().values():
                widget.submitted()

    def _go_to_first_empty_field(self) -> None:
        empty = [widget for widget in self._asked_widgets() if not _is_answered(widget)]
        if empty and not any(widget.has_focus_within for widget in empty):
            empty[0].take_focus()

    def _went_to_empty_field(self) -> bool:
        """With several fields, Enter leads through those that are still empty before it submits."""
        widgets = self._asked_widgets()
        here = next((number for number, widget in enumerate(widgets) if widget.has_focus_within), len(widgets))
        following = next((widget for widget in widgets[here + 1 :] if not _is_answered(widget)), None)
        if following is None or not _is_answered(widgets[here]):
            return False
        following.take_focus()
        return True

    def action_hint(self) -> None:
        """The next hint."""
        self.send(session.HintAsked())
        self._bring_up("#hints")

    def action_solution(self) -> None:
        """The worked solution."""
        self.send(session.SolutionAsked())
        self._bring_up("#solution")

    def action_variant(self) -> None:
        """Fresh numbers."""
        self._keep_draft()
        self.send(session.VariantAsked())

    def action_skip(self) -> None:
        """The next question; while one is being fetched, the one after that."""
        if self._state.phase == "loading":
            self._skips += 1
            return
        self._keep_draft()
        self.send(session.Continued())

    def action_dispute(self) -> None:
        """Dispute the verdict and copy a report."""
        state = self._state
        if state.asked is None or state.reply is None or state.phase != "judged" or state.attempt is None:
            self.companion.say("There is no verdict to dispute.")
            return
        self.app.copy_to_clipboard(report_of(state))
        self.send(session.DisputeAsked())
        self.companion.say("The verdict does not count any more. A report is on the clipboard.")

    def action_symbols(self) -> None:
        """Choose a symbol, to be put where the cursor is."""
        from companion.study.symbols import marks_for
        from companion.tui.screens.symbols import SymbolScreen

        line = self._line()
        if line is not None:
            self.app.push_screen(SymbolScreen(marks_for(line.vocabulary)), partial(self._insert, line))

    def _insert(self, line: AnswerLine, mark: Mark | None) -> None:
        if mark is not None and line.is_attached:
            line.insert(mark)

    def _line(self) -> AnswerLine | None:
        """The line that is typed into just now."""
        ancestors = self.focused.ancestors_with_self if self.focused else ()
        return next((widget for widget in ancestors if isinstance(widget, AnswerLine)), None)

    def action_next_field(self) -> None:
        """The next field."""
        self.focus_next()

    @on(SubmitAsked)
    def _submit(self, message: SubmitAsked) -> None:
        typed = {identifier: message.answer for identifier, widget in self._widgets().items() if widget.has_focus_within}
        self._submit_answer({**self._answer(), **typed})

    @on(FieldMessage)
    def _go_to_field(self, message: FieldMessage) -> None:
        if message.step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    @on(LinesField.CursorMoved)
    def _bring_into_view(self, message: LinesField.CursorMoved) -> None:
        question = self.query_one("#question")
        top = message.field.region.y - question.region.y + int(question.scroll_offset.y)
        question.scroll_to_region(Region(0, top + message.line, 1, 2), animate=False, force=True)

    @on(AnswerChanged)
    def _answer_changed(self) -> None:
        self._typed = self._answer()
        # The news of a keystroke may come after Enter has been dealt with; only another answer is an edited one.
        # What was said of an unread answer does not hold for the edited one.
        if self._state.phase == "asking" and self._typed != self._state.answer:
            self.query_one("#verdict", Static).update(Content(""))
            self.query_one("#feedback", Note).text = ""
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_SECONDS, self._keep_draft)

    # ------------------------------------------------------------------ the screen

    def _widgets(self) -> dict[str, FieldWidget]:
        if self._shown is None:
            return {}
        fields = self.query_one("#fields")
        kinds = (TypedField, StepsField, ChoiceField, OrderField)
        found = [child for child in fields.children if isinstance(child, kinds)]
        return dict(zip((field.id for field in self._shown.variant.fields), found, strict=False))

    def _asked_widgets(self) -> list[FieldWidget]:
        """The fields that are part of the question, as things are chosen now."""
        if self._shown is None:
            return []
        widgets = self._widgets()
        return [widgets[field.id] for field in session.asked_fields(self._shown, self._answer())]

    def _answer(self) -> session.Answer:
        return {identifier: widget.answer() for identifier, widget in self._widgets().items()}

    def _keep_draft(self) -> None:
        if self._shown is None or self._state.asked is None or not self.services.is_open:
            return  # nothing is asked just now; what was judged before has been dealt with
        # What was judged is no draft any more, unless it was edited since. The widgets may be gone already when the screen closes.
        right = self._state.reply is not None and self._state.reply.verdict == "correct"
        is_draft = self._state.phase in ("asking", "judging") or (self._typed != self._state.answer and not right)
        self.services.drafts.keep(self._shown.exercise.id, self._shown.variant.seed, self._typed if is_draft else {})

    async def _show_question(self, asked: Asked) -> None:
        fields = self.query_one("#fields")
        await fields.remove_children()
        self._shown, self._typed = asked, {}
        widgets = [self._widget_for(asked, field) for field in asked.variant.fields]
        await fields.mount_all(widgets)
        draft = self.services.drafts.of(asked.exercise.id, asked.variant.seed)
        for field, widget in zip(asked.variant.fields, widgets, strict=True):
            if draft.get(field.id):
                widget.put(draft[field.id])
        widgets[0].take_focus()
        # Last, so that whoever reads the question can answer it: what is typed before the field has the focus would be lost.
        self.query_one("#prompt", Note).text = asked.variant.prompt
        self.query_one("#question").scroll_home(animate=False)

    def _widget_for(self, asked: Asked, field: AskedField) -> FieldWidget:
        if field.kind == "choice":
            return ChoiceField(field)
        if field.kind == "order":
            return OrderField(field)
        from companion.answers.reader import Vocabulary

        options = next(known.options for known in asked.variant.question.fields if known.id == field.id)
        if field.kind == "steps":
            return StepsField(field, Vocabulary.of(options))
        return TypedField(field, Vocabulary.of(options), self.services.recalls.of(asked.exercise.id, field.id))

    def _show(self) -> None:
        state = self._state
        number = min(state.position + 1, len(state.planned))
        self.set_heading(f"{self._title} · question {number} of {len(state.planned)}")
        self._show_verdict(state)
        variant = state.asked.variant if state.asked else None
        hints = variant.hints[: state.hints] if variant else ()
        total = len(variant.hints) if variant else 0
        self.query_one("#hints", Note).text = "\n\n".join(f"**Hint {n} of {total}.** {hint}" for n, hint in enumerate(hints, 1))
        self.query_one("#solution", Note).text = f"**Solution.** {variant.solution}" if variant and state.solution else ""
        for widget in self._widgets().values():
            widget.set_locked(state.phase in ("judging", "recording"))

    def _show_verdict(self, state: State) -> None:
        verdict = self.query_one("#verdict", Static)
        shown = state.phase == "judged" or (state.phase == "asking" and state.reply is not None)
        words = verdict_words(state) if shown else ("Judging …" if state.phase in ("judging", "recording") else "")
        verdict.update(Content(words))
        for kind in ("correct", "incorrect", "invalid", "undecided"):
            verdict.set_class(shown and state.reply is not None and state.reply.verdict == kind, f"-{kind}")
        feedback = self.query_one("#feedback", Note)
        speaks = shown and state.reply is not None and state.reply.verdict != "correct" and not state.disputed
        feedback.text = state.reply.message if speaks and state.reply is not None else ""
        self._mark_fields(state.reply if shown else None)
        if shown and state.reply is not None:
            self._bring_up("#feedback")

    def _mark_fields(self, reply: Reply | None) -> None:
        """Show each field its part of a new reply, once: what is edited afterwards has lost its mark."""
        if reply is self._marked:
            return
        self._marked = reply
        widgets = self._widgets()
        for identifier, widget in widgets.items():
            if len(widgets) > 1:
                widget.mark(reply.parts.get(identifier) if reply else None)
            elif reply is None or isinstance(widget, StepsField) or reply.verdict == "invalid":
                widget.mark(reply)
        if reply is not None and reply.verdict == "invalid":
            unread = (part for part in widgets if len(widgets) == 1 or (part in reply.parts and reply.parts[part].verdict == "invalid"))
            first = next(unread, None)
            if first is not None and isinstance(widgets[first], TypedField):
                widgets[first].take_focus()

    def _bring_up(self, selector: str) -> None:
        self.call_after_refresh(self.query_one(selector).scroll_visible, animate=False)
