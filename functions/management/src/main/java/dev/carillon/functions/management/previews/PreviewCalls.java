package dev.carillon.functions.management.previews;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.channel.ChannelType;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.content.LibraryShelf;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.CompleteContent;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.content.ContentLibrary;
import dev.carillon.functions.management.previews.RenderPreview.Unrendered;
import dev.carillon.json.Json;
import dev.carillon.template.Templates;
import dev.carillon.template.engine.PartialType;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shows how templates, layouts and partials come out, saved or not, sending nothing. They show
 * whatever is known of a recipient, so that reading content is not enough to call them.
 */
final class PreviewCalls {
  private static final Access WRITE = management(ManagementScope.WRITE);
  private static final String LANGUAGE = "template_language";
  private static final String LIQUID = "liquid";

  /** A key that no layout has: none begins so. */
  private static final String SHOWN = "-preview";

  private static final String SAMPLE = "<p>Here is the content of the message.</p>";
  private static final Set<String> PARTIALS = Set.of("html", "text", "markdown", "json");
  private static final Set<String> CHANNELS = Set.of("email", "sms", "push", "chat", "in_app_feed");

  static final List<Operation<PreviewCalls>> OPERATIONS =
      List.of(
          byCaller(
              HttpMethod.POST,
              "/v1/workflows/{workflow_key}/steps/{step_ref}/preview_template",
              WRITE,
              PreviewCalls::step),
          byCaller(HttpMethod.POST, "/v1/templates/preview", WRITE, PreviewCalls::template),
          byCaller(HttpMethod.POST, "/v1/email_layouts/preview", WRITE, PreviewCalls::layout),
          byCaller(HttpMethod.POST, "/v1/partials/preview", WRITE, PreviewCalls::partial));

  private final ManagementCall.Reader calls;
  private final Contents contents;
  private final ContentLibrary library;
  private final PreviewScope scopes;

  PreviewCalls(
      ManagementCall.Reader calls, Contents contents, ContentLibrary library, PreviewScope scopes) {
    this.calls = calls;
    this.contents = contents;
    this.library = library;
    this.scopes = scopes;
  }

  /** A step as it was saved last, whether it is committed or not. */
  HttpResponse step(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, Set.of());
    Workflow workflow = workflow(call, request.pathParameter("workflow_key"));
    ChannelStep step =
        workflow
            .step(new StepRef(request.pathParameter("step_ref")))
            .filter(ChannelStep.class::isInstance)
            .map(ChannelStep.class::cast)
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    var shown = new PreviewScope.Shown(workflow.source(), library.written(call));
    var seen = scopes.ofRun(call, shown, workflow, request.fields());
    String language = workflow.source().text(LANGUAGE).orElse("handlebars");
    return shown(
        seen,
        language,
        step.channelType(),
        CompleteContent.template(step.channelType().wireName(), step.template()));
  }

  private Workflow workflow(ManagementCall call, String key) {
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.WORKFLOW_MISSING.refused();
    }
    var id = new ContentId(ContentType.WORKFLOW, key);
    Json.Obj source =
        call.of(contents)
            .find(call.id(), id)
            .flatMap(ContentHead::latest)
            .flatMap(version -> call.of(contents).version(call.id(), id, version))
            .orElseThrow(ErrorCode.WORKFLOW_MISSING::refused);
    return read(key, source);
  }

  private static Workflow read(String key, Json.Obj source) {
    return switch (WorkflowReader.read(new WorkflowKey(key), source)) {
      case WorkflowReader.Read.Ok(var workflow) -> workflow;
      case WorkflowReader.Read.Refused(var problems, _) ->
          throw new ApiException(
              ErrorCode.INVALID_PARAMS,
              problems.stream()
                  .map(it -> new ApiException.Field(it.field(), it.reason()))
                  .toList());
    };
  }

  HttpResponse template(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, Set.of());
    RequestFields body = request.fields();
    ChannelType type =
        ChannelType.named(body.required("channel_type").oneOf(CHANNELS)).orElseThrow();
    Json.Obj template = body.required("template").object().json();
    LibraryShelf parts = library.written(call);
    if (body.optional("layout").isPresent()) {
      RequestFields layout = body.optional("layout").get().object();
      Json.Obj settings = template.object("settings");
      Optional<Json.Obj> inline = inline(layout);
      parts = inline.isPresent() ? with(parts, inline.get()) : parts;
      Optional<String> key =
          inline.map(_ -> SHOWN).or(() -> layout.optional("key").map(RequestValue::text));
      template =
          key.isPresent()
              ? template.with("settings", settings.with("layout_key", key.get()))
              : template;
    }
    var seen = scopes.ofRun(call, new PreviewScope.Shown(template, parts), named(body), body);
    return shown(
        seen,
        template.text(LANGUAGE).orElse(LIQUID),
        type,
        CompleteContent.template(type.wireName(), template));
  }

  /** The layout that a request has in it; empty when it names one or none. */
  private static Optional<Json.Obj> inline(RequestFields layout) {
    return layout
        .optional("html_content")
        .map(RequestValue::text)
        .map(
            html ->
                Json.object()
                    .with(LANGUAGE, LIQUID)
                    .with("html_layout", html)
                    .with(
                        "text_layout",
                        layout
                            .optional("text_content")
                            .map(RequestValue::text)
                            .orElse("{{ content }}")));
  }

  private static LibraryShelf with(LibraryShelf parts, Json.Obj layout) {
    return parts.with(Map.of(new ContentId(ContentType.EMAIL_LAYOUT, SHOWN), layout));
  }

  /** The workflow within which a template is shown: the request says what it is called. */
  private static Workflow named(RequestFields body) {
    Optional<RequestFields> workflow = body.optional("workflow").map(RequestValue::object);
    String key = workflow.map(it -> it.required("key").text()).orElse("preview");
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.INVALID_PARAMS.at("workflow.key", "must be 1 to 255 of a-z 0-9 _ -");
    }
    Json.Obj source = Json.object().with("name", key).with("steps", Json.array(List.of()));
    Optional<Json> categories = workflow.flatMap(it -> it.json().get("categories"));
    return read(key, categories.isPresent() ? source.with("categories", categories.get()) : source);
  }

  private static HttpResponse shown(
      PreviewScope.Seen seen, String language, ChannelType type, Json.Obj template) {
    Json.Obj answer = Json.object().with("content_type", type.wireName());
    try {
      Json.Obj shown =
          new RenderPreview(in(seen.templates(), language), seen.scope()).of(type, template);
      return HttpResponse.ok(answer.with("result", "success").with("template", shown));
    } catch (Unrendered e) {
      return HttpResponse.ok(
          answer
              .with("result", "error")
              .with("template", template)
              .with("errors", errors(e.problems())));
    }
  }

  private static Templates in(Templates templates, String language) {
    return templates
        .in(language)
        .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at(LANGUAGE, "must be handlebars or liquid"));
  }

  private static Json errors(List<TemplateProblem> problems) {
    return Json.array(
        problems.stream()
            .map(
                it ->
                    (Json)
                        Json.object()
                            .with("field", it.field())
                            .with("line", it.line() == 0 ? Json.NULL : Json.of(it.line()))
                            .with("message", it.sentence()))
            .toList());
  }

  HttpResponse layout(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, Set.of());
    RequestFields body = request.fields();
    Json.Obj layout = body.required("email_layout").object().json();
    String language = layout.text(LANGUAGE).orElse(LIQUID);
    Json.Obj mail =
        Json.object()
            .with("subject", "Preview")
            .with("html_body", SAMPLE)
            .with("settings", Json.object().with("layout_key", SHOWN));
    var shown =
        new PreviewScope.Shown(mail, with(library.written(call), layout.with(LANGUAGE, language)));
    var seen = scopes.ofRun(call, shown, named(body), body);
    try {
      var email = new RenderPreview(in(seen.templates(), language), seen.scope()).mail(mail);
      return HttpResponse.ok(
          Json.object()
              .with("result", "success")
              .with(
                  "layout",
                  Json.object().with("html_body", email.html()).with("text_body", email.text())));
    } catch (Unrendered e) {
      return HttpResponse.ok(
          Json.object().with("result", "error").with("errors", errors(e.problems())));
    }
  }

  HttpResponse partial(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, Set.of());
    RequestFields body = request.fields();
    RequestFields partial = body.required("partial").object();
    body.optional("layout")
        .flatMap(layout -> layout.object().optional("key"))
        .ifPresent(
            _ -> {
              throw ErrorCode.NOT_BUILT.at("layout.key", "partials are shown without a layout");
            });
    String type = partial.required("type").oneOf(PARTIALS);
    String language = partial.optional(LANGUAGE).map(RequestValue::text).orElse(LIQUID);
    var shown = new PreviewScope.Shown(partial.json(), library.written(call));
    var seen = scopes.ofData(call, shown, body);
    Json.Obj answer = Json.object().with("type", type);
    try {
      String content =
          new RenderPreview(in(seen.templates(), language), seen.scope())
              .partial(
                  PartialType.valueOf(type.toUpperCase(Locale.ROOT)),
                  partial.required("content").text());
      return HttpResponse.ok(answer.with("result", "success").with("content", content));
    } catch (Unrendered e) {
      return HttpResponse.ok(answer.with("result", "error").with("errors", errors(e.problems())));
    }
  }
}
