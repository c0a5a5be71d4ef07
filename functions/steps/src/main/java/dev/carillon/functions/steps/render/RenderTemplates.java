package dev.carillon.functions.steps.render;

import dev.carillon.channel.Device;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.steps.render.Render.Wording.Failed;
import dev.carillon.functions.steps.render.Render.Wording.Lacking;
import dev.carillon.functions.steps.render.StepTexts.TemplateFailed;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.run.SkipReason;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.variable.Lookups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Renders with the project's templates; compiled ones are kept from run to run. */
public final class RenderTemplates implements Render {
  private final TemplateCache templates;
  private final Function<EnvironmentId, Lookups> lookups;

  /** Where templates load nothing. */
  public RenderTemplates(TemplateCache templates) {
    this(templates, _ -> Lookups.none());
  }

  /**
   * @param lookups what templates load of an environment
   */
  public RenderTemplates(TemplateCache templates, Function<EnvironmentId, Lookups> lookups) {
    this.templates = templates;
    this.lookups = lookups;
  }

  @Override
  public Render.Wording render(
      StepTemplate template, ChannelData known, Json.Obj variables, Surroundings around) {
    TemplateCache.CompiledTemplates compiled = templates.of(template.library());
    Function<Json.Obj, TemplateScope> scopes =
        seen ->
            TemplateScope.of(
                seen,
                around.zone(),
                templates.translations(template.library()),
                around.environment().map(lookups).orElseGet(Lookups::none));
    TemplateScope scope = scopes.apply(variables);
    var texts = new StepTexts(compiled, template, scope, scopes);
    try {
      return switch (template.step().channelType()) {
        case EMAIL ->
            RenderEmail.render(
                texts,
                variables,
                () ->
                    texts.outcome(
                        compiled.email(template.workflow(), template.step()),
                        email -> email.render(scope)));
        case IN_APP_FEED ->
            texts.words(
                List.of(
                    new Content.InAppFeed(
                        texts.outcome(
                            compiled.feed(template.workflow(), template.step()),
                            feed -> feed.render(scope)))));
        case HTTP ->
            request(
                texts,
                texts.outcome(
                    compiled.request(template.workflow(), template.step(), template.channel()),
                    request -> request.render(scope)));
        case SMS -> sms(texts, variables);
        case PUSH -> push(texts, known, variables);
        case CHAT -> chat(texts, known, variables);
      };
    } catch (TemplateFailed failed) {
      return new Failed(failed.getMessage());
    }
  }

  private static Render.Wording request(StepTexts texts, RequestTemplate.Request request) {
    if (request.url().filter(url -> !url.isBlank()).isEmpty()) {
      return new Lacking(SkipReason.WEBHOOK_HAS_NO_URL);
    }
    return texts.words(
        List.of(
            new Content.Http(
                request.method().orElse("POST"),
                request.url().get(),
                fields(request.headers()),
                fields(request.queryParams()),
                request.body().orElse(""))));
  }

  private static List<Content.Field> fields(List<RequestTemplate.Field> fields) {
    return fields.stream().map(field -> new Content.Field(field.name(), field.value())).toList();
  }

  private static Render.Wording sms(StepTexts texts, Json.Obj variables) {
    Json.Obj settings = texts.template().step().template().object("settings");
    Optional<String> own =
        settings
            .text("to_number")
            .filter(source -> !source.isBlank())
            .map(source -> texts.line("template.settings.to_number", source))
            .filter(number -> !number.isBlank());
    Optional<String> to =
        own.or(() -> variables.object("recipient").text("phone_number"))
            .map(String::strip)
            .filter(number -> !number.isEmpty());
    if (to.isEmpty()) {
      return new Lacking(SkipReason.RECIPIENT_HAS_NO_PHONE_NUMBER);
    }
    return texts.words(
        List.of(
            new Content.Sms(
                to.get(), texts.field("text_body").orElse(""), payload(texts, settings))));
  }

  /** For each language that devices are set to once. */
  private static Render.Wording push(StepTexts texts, ChannelData known, Json.Obj variables) {
    List<Device> devices = MessageTargets.devices(texts.template().channel(), known, variables);
    if (devices.isEmpty()) {
      return new Lacking(SkipReason.RECIPIENT_HAS_NO_DEVICE);
    }
    Json.Obj recipient = variables.object("recipient");
    String own = recipient.text("locale").orElse("");
    Map<String, Content.Push> said = new HashMap<>();
    List<Content> contents = new ArrayList<>();
    for (Device device : devices) {
      Content.Push push =
          said.computeIfAbsent(
              device.locale().orElse(own),
              locale ->
                  push(
                      locale.equals(own)
                          ? texts
                          : texts.seeing(
                              variables.with("recipient", recipient.with("locale", locale))),
                      variables.object("data")));
      contents.add(push.to(device.token()));
    }
    return texts.words(contents);
  }

  private static Content.Push push(StepTexts texts, Json.Obj data) {
    Json.Obj settings = texts.template().step().template().object("settings");
    return new Content.Push(
        "",
        texts.field("title").orElse(""),
        texts.field("text_body").or(() -> texts.field("body")).orElse(""),
        data,
        settings.text("delivery_type").filter("silent"::equals).isPresent(),
        payload(texts, settings));
  }

  private static Json.Obj payload(StepTexts texts, Json.Obj settings) {
    return texts.overrides(
        "template.settings.payload_overrides",
        settings.get("payload_overrides"),
        "payload_overrides");
  }

  private static Render.Wording chat(StepTexts texts, ChannelData known, Json.Obj variables) {
    List<Json.Obj> connections =
        MessageTargets.connections(texts.template().channel(), known, variables);
    if (connections.isEmpty()) {
      return new Lacking(SkipReason.RECIPIENT_HAS_NO_CONNECTION);
    }
    ChatBody body =
        texts
            .json("template.json_body", texts.template().step().template().get("json_body"))
            .<ChatBody>map(json -> new ChatBody.Blocks(json, texts.field("summary").orElse("")))
            .orElseGet(() -> new ChatBody.Markdown(texts.field("markdown_body").orElse("")));
    Json.Obj overrides =
        texts.overrides(
            "channel_overrides.json_overrides",
            texts.template().step().overrides().get("json_overrides"),
            "json_overrides");
    return texts.words(
        connections.stream()
            .<Content>map(connection -> new Content.Chat(connection, body, overrides))
            .toList());
  }
}
