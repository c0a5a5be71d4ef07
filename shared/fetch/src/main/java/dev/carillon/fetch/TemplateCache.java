package dev.carillon.fetch;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.template.Templates;
import dev.carillon.template.TextTemplate;
import dev.carillon.template.email.EmailTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.feed.FeedTemplate;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.template.translation.TranslationCatalog;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Compiled templates, kept from run to run: compiling takes milliseconds, rendering microseconds.
 * They are kept by library of layouts and partials; those of a library, or the set of libraries,
 * start over when full, which costs time and nothing else.
 */
public final class TemplateCache {
  private static final int MOST_LIBRARIES = 8;
  private static final int MOST_TEMPLATES = 1_000;

  private volatile List<CompiledTemplates> libraries = List.of();

  /** The templates of that library; the library that was seen last is found by its identity. */
  public CompiledTemplates of(Assets.Library library) {
    for (CompiledTemplates cached : libraries) {
      if (cached.library == library) {
        return cached;
      }
    }
    return findOrAdd(library);
  }

  private synchronized CompiledTemplates findOrAdd(Assets.Library library) {
    for (CompiledTemplates cached : libraries) {
      if (cached.library.equals(library)) {
        return cached;
      }
    }
    var added = new CompiledTemplates(library);
    var more =
        new ArrayList<CompiledTemplates>(libraries.size() < MOST_LIBRARIES ? libraries : List.of());
    more.add(added);
    libraries = List.copyOf(more);
    return added;
  }

  /** The templates compiled against one library. */
  public static final class CompiledTemplates {
    private final Assets.Library library;
    private final Templates templates;
    private final Map<Key, Compiled<?>> compiled = new ConcurrentHashMap<>();

    private record Key(Class<?> kind, String version, String step, String field, Json source) {}

    private CompiledTemplates(Assets.Library library) {
      this.library = library;
      this.templates = Templates.of(library);
    }

    /** The library's texts in the languages of recipients. */
    public TranslationCatalog translations() {
      return templates.translations();
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
