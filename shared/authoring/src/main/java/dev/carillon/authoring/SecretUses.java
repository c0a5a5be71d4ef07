package dev.carillon.authoring;

import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.workflow.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a secret variable is named in what people would come to read: messages, their layouts and
 * addresses, and what steps store. Requests of webhooks and fetch steps may name them. What is not
 * named but reached in another way is empty when it is rendered.
 *
 * @param secrets the names of the environment's secret variables
 */
public record SecretUses(Set<String> secrets, Assets.Library library) {
  private static final Pattern TAG = Pattern.compile("(?s)\\{\\{.*?}}|\\{%.*?%}");
  private static final Pattern PATH =
      Pattern.compile(
          "\\bvars(?:\\s*[./]\\s*\\[?|\\s*\\[\\s*[\"']?|\\s+[\"'])\\s*([A-Za-z0-9_-]+)");
  private static final Pattern PARTIAL =
      Pattern.compile("\\{\\{~?#?\\s*>\\s*[\"'\\[]?([A-Za-z0-9_-]+)|\\brender\\s+[\"']([^\"']+)");

  /** Those of a step; the paths are below the step. */
  Stream<TemplateProblem> in(Step step) {
    if (secrets.isEmpty()) {
      return Stream.empty();
    }
    return Stream.concat(
        StepTemplates.read(step).flatMap(it -> problem(it.field(), it.source())), blocks(step));
  }

  /** Those of the partials that an email is put together from, which no template names. */
  private Stream<TemplateProblem> blocks(Step step) {
    return step instanceof Step.ChannelStep channel
        ? channel.template().list("visual_blocks").stream()
            .filter(Json.Obj.class::isInstance)
            .map(Json.Obj.class::cast)
            .filter(block -> block.text("type").filter("partial"::equals).isPresent())
            .flatMap(block -> block.text("key").stream())
            .flatMap(key -> problem("template.visual_blocks", "{{> " + key + "}}"))
        : Stream.empty();
  }

  /** Those of a file of texts, which are read wherever they are put. */
  Stream<TemplateProblem> inTexts(Json.Obj texts) {
    return secrets.isEmpty()
        ? Stream.empty()
        : StepTemplates.texts("content", texts).flatMap(it -> problem(it.field(), it.source()));
  }

  /** Those of layouts, which only mails have; a partial may be one of a request. */
  Stream<TemplateProblem> inLayouts() {
    return secrets.isEmpty()
        ? Stream.empty()
        : library.layouts().fields().entrySet().stream()
            .filter(layout -> layout.getValue() instanceof Json.Obj)
            .flatMap(
                layout ->
                    ((Json.Obj) layout.getValue())
                        .fields().entrySet().stream()
                            .flatMap(
                                field ->
                                    StepTemplates.texts(
                                        "layouts/" + layout.getKey() + "/" + field.getKey(),
                                        field.getValue()))
                            .flatMap(it -> problem(it.field(), it.source())));
  }

  private Stream<TemplateProblem> problem(String field, String source) {
    return named(source, new HashSet<>())
        .map(
            name ->
                TemplateProblem.of(
                    field,
                    "it names the secret '"
                        + name
                        + "', which must not be read by people; only requests of webhooks and"
                        + " fetch steps may have it"))
        .stream();
  }

  /** The first secret that a source names, itself or through its partials. */
  private Optional<String> named(String source, Set<String> seen) {
    Optional<String> own =
        TAG.matcher(source)
            .results()
            .flatMap(tag -> PATH.matcher(tag.group()).results())
            .map(path -> path.group(1))
            .filter(secrets::contains)
            .findFirst();
    return own.or(
        () ->
            PARTIAL
                .matcher(source)
                .results()
                .map(key -> key.group(1) == null ? key.group(2) : key.group(1))
                .filter(seen::add)
                .flatMap(key -> StepTemplates.texts(key, library.partials().object(key)))
                .flatMap(text -> named(text.source(), seen).stream())
                .findFirst());
  }
}
