package dev.carillon.fetch;

import dev.carillon.channel.Channel;
import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import dev.carillon.template.Templates;
import dev.carillon.template.TextTemplate;
import dev.carillon.template.email.EmailTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.feed.FeedTemplate;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.template.translation.TranslationCatalog;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Compiled templates, kept from run to run: compiling takes milliseconds, rendering microseconds.
 * They are kept by the layouts and partials that they use; when there are too many, what was used
 * longest ago goes, which costs time and nothing else.
 */
public final class TemplateCache {
  private static final int MOST_LIBRARIES = 100;
  private static final int MOST_TEMPLATES = 1_000;
  private static final int MOST_CATALOGS = 50;

  private final LinkedHashMap<Assets.Library, CompiledTemplates> libraries =
      new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<Json.Obj, TranslationCatalog> catalogs =
      new LinkedHashMap<>(16, 0.75f, true);

  private record Last(Assets.Library library, CompiledTemplates templates) {}

  private volatile Last last = new Last(null, null);

  /** The templates of that library; the library that was seen last is found by its identity. */
  public CompiledTemplates of(Assets.Library library) {
    Last seen = last;
    if (seen.library() == library) {
      return seen.templates();
    }
    CompiledTemplates found = findOrAdd(new Assets.Library(library.layouts(), library.partials()));
    last = new Last(library, found);
    return found;
  }

  private synchronized CompiledTemplates findOrAdd(Assets.Library library) {
    CompiledTemplates known = libraries.get(library);
    if (known != null) {
      return known;
    }
    var added = new CompiledTemplates(library);
    libraries.put(library, added);
    while (libraries.size() > MOST_LIBRARIES || libraries.size() > 1 && isFull()) {
      libraries.pollFirstEntry();
    }
    return added;
  }

  private boolean isFull() {
    return libraries.values().stream().mapToInt(it -> it.compiled.size()).sum() > MOST_TEMPLATES;
  }

  /** The library's texts in the languages of recipients. */
  public synchronized TranslationCatalog translations(Assets.Library library) {
    if (library.translations().fields().isEmpty()) {
      return TranslationCatalog.NONE;
    }
    TranslationCatalog catalog =
        catalogs.computeIfAbsent(library.translations(), TranslationCatalog::of);
    if (catalogs.size() > MOST_CATALOGS) {
      catalogs.pollFirstEntry();
    }
    return catalog;
  }

  /** The templates compiled against one library. */
  public static final class CompiledTemplates {
    private final Templates templates;
    private final Map<Key, Compiled<?>> compiled = new ConcurrentHashMap<>();

    private record Key(Class<?> kind, String version, String step, String field, Json source) {}

    private CompiledTemplates(Assets.Library library) {
      this.templates = Templates.of(library);
    }

    public Compiled<EmailTemplate> email(Workflow workflow, ChannelStep step) {
      return get(
          EmailTemplate.class,
          workflow,
          step,
          "",
          Json.NULL,
          () -> of(workflow).email(step.template()));
    }

    public Compiled<FeedTemplate> feed(Workflow workflow, ChannelStep step) {
      return get(
          FeedTemplate.class,
          workflow,
          step,
          "",
          Json.NULL,
          () -> of(workflow).feed(step.template()));
    }

    /** A step that names no URL leaves the whole request to its channel. */
    public Compiled<RequestTemplate> request(Workflow workflow, ChannelStep step, Channel channel) {
      if (step.template().text("url").filter(url -> !url.isBlank()).isPresent()) {
        return get(
            RequestTemplate.class,
            workflow,
            step,
            "",
            Json.NULL,
            () -> of(workflow).request(step.template()));
      }
      Json.Obj whole = channel.settings().merged(step.template().without("url"));
      return get(
          RequestTemplate.class, workflow, step, "", whole, () -> of(workflow).request(whole));
    }

    /** The request of a fetch step. */
    public Compiled<RequestTemplate> request(Workflow workflow, Step.Fetch step) {
      return get(
          RequestTemplate.class,
          workflow,
          step,
          "",
          Json.NULL,
          () -> of(workflow).request(step.request()));
    }

    /** A setting that is a text. */
    public Compiled<TextTemplate> text(Workflow workflow, Step step, String field, String source) {
      return get(
          TextTemplate.class,
          workflow,
          step,
          field,
          Json.of(source),
          () -> of(workflow).text(field, source));
    }

    /** A setting that is JSON. */
    public Compiled<TextTemplate> json(Workflow workflow, Step step, String field, String source) {
      return get(
          TextTemplate.class,
          workflow,
          step,
          field,
          Json.array(List.of(Json.of(source))),
          () -> of(workflow).json(field, source));
    }

    public Compiled<TextTemplate> line(
        Workflow workflow, ChannelStep step, String field, String source) {
      return get(
          TextTemplate.class,
          workflow,
          step,
          field,
          Json.of(source),
          () -> of(workflow).line(field, source));
    }

    /** Those in the language of the workflow. */
    private Templates of(Workflow workflow) {
      return workflow.source().text("template_language").flatMap(templates::in).orElse(templates);
    }

    @SuppressWarnings("unchecked") // what is kept under a kind was compiled as that kind
    private <T> Compiled<T> get(
        Class<T> kind,
        Workflow workflow,
        Step step,
        String field,
        Json source,
        Supplier<Compiled<T>> compile) {
      if (compiled.size() >= MOST_TEMPLATES) {
        compiled.clear();
      }
      var key = new Key(kind, workflow.version().toString(), step.ref().value(), field, source);
      return (Compiled<T>) compiled.computeIfAbsent(key, _ -> compile.get());
    }
  }
}
