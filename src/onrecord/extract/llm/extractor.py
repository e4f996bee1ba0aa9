"""The extractor that asks a language model: windows of a text out, answers in, and only what the text bears kept."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from onrecord.extract.extractor import ExtractionContext, ExtractionResult
from onrecord.extract.llm.answer import read_answer
from onrecord.extract.llm.grounding import Grounding
from onrecord.extract.llm.kept import KeptAnswers, request_name
from onrecord.extract.llm.names import Names
from onrecord.extract.llm.prompt import Prompt, passage, read_prompt
from onrecord.extract.llm.schema import Schema, answer_schema
from onrecord.extract.llm.settings import Settings, read_settings
from onrecord.extract.llm.windows import windows
from onrecord.model import Document
from onrecord.model.errors import BadInput

REPAIR = "That cannot be read: {fault}. Answer again, with the JSON object of the given form alone."
"""What a model is told whose answer is none."""
Body = dict[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """One window's request: its name, its body, and where in the text its window begins."""

    name: str
    body: Body
    start: int
    text: str = field(repr=False, default="")


class ModelExtractor:
    """Makes statements of a document by what a language model answers."""

    def __init__(
        self, context: ExtractionContext, settings: Settings, ask: Callable[[Body], str]
    ) -> None:
        self.context, self.model = context, settings
        self.names = Names(context.gazetteer)
        self.prompt: Prompt = read_prompt(context.workspace, context.vocabulary)
        self.schema: Schema = answer_schema(context.vocabulary)
        self.kept = KeptAnswers.of(context.workspace)
        self.is_fresh = context.options.get("fresh") == "true"
        self.ask = ask

    @cached_property
    def settings(self) -> str:
        """The model, the hash of the prompt, and the parameters of each request."""
        told = "".join(
            f", {key} {value}" for key, value in self.model.parameters.items()
        )
        return f"llm {self.model.model}, prompt {self.prompt.fingerprint}{told}"

    def __call__(self, document: Document) -> ExtractionResult:
        """What a document states, as far as its text bears it out; raises ModelFailed."""
        grounding = Grounding(document, self.names, self.context.vocabulary)
        broken: Counter[str] = Counter()
        for request in self.requests(document):
            try:
                answer = read_answer(self._answered(request))
            except BadInput:
                broken["whole answers that were none"] += 1
                continue
            grounding.take(answer, request.start)
        result = grounding.result()
        dropped = dict(result.dropped) | broken
        return ExtractionResult(result.statements, result.entities, dropped)

    def requests(self, document: Document) -> Iterator[Request]:
        """The requests that a document needs, in the order of its text."""
        text = document.text or ""
        for window in windows(text):
            message = passage(document, window, self.names)
            body = self._body(message)
            yield Request(request_name(text, body), body, window.start, text)

    def _body(self, message: str) -> Body:
        form = {"name": "statements", "strict": True, "schema": self.schema}
        return {
            "model": self.model.model,
            "messages": [
                {"role": "system", "content": self.prompt.text},
                {"role": "user", "content": message},
            ],
            "response_format": {"type": "json_schema", "json_schema": form},
            **self.model.parameters,
        }

    def _answered(self, request: Request) -> str:
        """The kept answer, else a new one, asked for once more where it is none; raises BadInput, ModelFailed."""
        kept = None if self.is_fresh else self.kept.get(request.name)
        if kept is not None:
            return kept
        answer = self.ask(request.body)
        try:
            read_answer(answer)
        except BadInput as fault:
            answer = self.ask(_repair(request.body, answer, str(fault)))
            read_answer(answer)
        self.kept.put(request.name, answer)
        return answer


def create(context: ExtractionContext) -> ModelExtractor:
    """The extractor over a context; raises BadInput where no endpoint or model is named, MissingExtra."""
    settings = read_settings(context.workspace)
    settings = replace(settings, model=context.model) if context.model else settings
    from onrecord.extract.llm.endpoint import ModelEndpoint  # noqa: PLC0415  an extra

    endpoint = ModelEndpoint(settings)
    return ModelExtractor(context, settings, lambda body: endpoint.ask(body).text)


def _repair(body: Body, answer: str, fault: str) -> Body:
    messages = body["messages"]
    assert isinstance(messages, list)  # noqa: S101  made above
    more = [
        {"role": "assistant", "content": answer[:MOST_REPEATED]},
        {"role": "user", "content": REPAIR.format(fault=fault)},
    ]
    return {**body, "messages": [*messages, *more]}


MOST_REPEATED = 20_000
"""Characters of a broken answer that its model is shown again."""
