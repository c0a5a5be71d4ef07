package dev.carillon.functions.management.sources;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.AnnounceActions;
import dev.carillon.source.Source;
import dev.carillon.source.SourceProvider;
import dev.carillon.source.Sources;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists, shows and sets up sources. What bears one key is one source; a new one comes to be in
 * every environment that the caller may touch, with a URL of its own in each. What it is told holds
 * at once, mappings included: nothing of it is committed.
 */
final class SourceCalls {
  private static final String ONE = "/v1/sources/{key}";
  private static final String SETTINGS = "environment_settings";

  static final List<Operation<SourceCalls>> OPERATIONS =
      List.of(
          byCaller(
              HttpMethod.GET, "/v1/sources", management(ManagementScope.READ), SourceCalls::list),
          byCaller(HttpMethod.GET, ONE, management(ManagementScope.READ), SourceCalls::show),
          byCaller(HttpMethod.PUT, ONE, management(ManagementScope.WRITE), SourceCalls::put));

  private final ManagementCall.Reader calls;
  private final EnvironmentList environments;
  private final Sources sources;
  private final Changes changes;
  private final AnnounceActions announce;
  private final SourceView view;
  private final InstantSource clock;

  SourceCalls(
      ManagementCall.Reader calls,
      EnvironmentList environments,
      Sources sources,
      Changes changes,
      AnnounceActions announce,
      SourceView view,
      InstantSource clock) {
    this.calls = calls;
    this.environments = environments;
    this.sources = sources;
    this.changes = changes;
    this.announce = announce;
    this.view = view;
    this.clock = clock;
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    ManagementCall call = calls.readWhole(request, caller, Set.of("include", "annotate"));
    boolean whole = call.query().someOf("include", Set.of(SETTINGS)).contains(SETTINGS);
    var byKey = new TreeMap<String, Map<String, Source>>();
    for (EnvironmentEntry environment : reachable(caller)) {
      for (Source source : sources.all(environment.id())) {
        byKey
            .computeIfAbsent(source.key(), _ -> new LinkedHashMap<>())
            .put(environment.slug(), source);
      }
    }
    return HttpResponse.ok(
        Json.object()
            .with(
                "entries",
                Json.array(
                    byKey.values().stream()
                        .map(
                            it ->
                                whole
                                    ? view.summary(it)
                                    : SourceView.bare(it.values().iterator().next()))
                        .toList())));
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    calls.readWhole(request, caller, Set.of("annotate"));
    Map<String, Source> found = found(caller, request.pathId("key"));
    if (found.isEmpty()) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return HttpResponse.ok(view.of(found));
  }

  private Map<String, Source> found(Caller caller, String key) {
    var found = new LinkedHashMap<String, Source>();
    for (EnvironmentEntry environment : reachable(caller)) {
      sources.find(environment.id(), key).ifPresent(it -> found.put(environment.slug(), it));
    }
    return found;
  }

  private record Saving(EnvironmentEntry environment, Source source, Optional<String> secret) {}

  /** Everything is understood before anything is stored. Safe to repeat. */
  HttpResponse put(HttpRequest request, Caller caller) {
    ManagementCall call = calls.readWhole(request, caller, Set.of("annotate"));
    String key = request.pathId("key");
    if (!Source.isKey(key)) {
      throw ErrorCode.INVALID_PARAMS.at(
          "key", "must have 1 to 100 letters, digits, hyphens and underscores");
    }
    SourceChange change = SourceChange.of(request.fields());
    List<EnvironmentEntry> reachable = reachable(caller);
    for (String slug : change.byEnvironment().keySet()) {
      if (reachable.stream().noneMatch(it -> it.slug().equals(slug))) {
        throw ErrorCode.INVALID_PARAMS.at(
            "source." + SETTINGS + "." + slug, "is no environment that the caller may touch");
      }
    }
    Instant now = clock.instant();
    var savings = new ArrayList<Saving>();
    for (EnvironmentEntry environment : reachable) {
      Source before =
          sources.find(environment.id(), key).orElseGet(() -> fresh(environment, key, change, now));
      Source after = change.applied(before, environment.slug(), now);
      Optional<String> secret = change.secret(environment.slug());
      if (after.settings().verification().isPresent()
          && secret.isEmpty()
          && sources.secret(environment.id(), key).isEmpty()) {
        throw ErrorCode.INVALID_PARAMS.at(
            "source." + SETTINGS + "." + environment.slug() + ".settings.verification.secret",
            "is required, as none is kept yet");
      }
      savings.add(new Saving(environment, after, secret));
    }
    for (Saving saving : savings) {
      save(call, saving, now);
    }
    return HttpResponse.ok(Json.object().with("source", view.of(found(caller, key))));
  }

  private void save(ManagementCall call, Saving saving, Instant now) {
    changes.record(
        saving.environment().id(),
        call.origin()
            .change(
                "saved",
                "source/" + saving.source().key(),
                Long.toString(saving.source().revision()),
                Long.toString(saving.source().revision() + 1)));
    saving
        .secret()
        .ifPresent(it -> sources.keepSecret(saving.environment().id(), saving.source().key(), it));
    announce.announce(saving.source(), now);
    if (!sources.save(saving.source())) {
      throw ErrorCode.CONTENT_CHANGED.refused();
    }
  }

  private Source fresh(EnvironmentEntry environment, String key, SourceChange change, Instant now) {
    if (sources.all(environment.id()).size() >= Limits.SOURCES) {
      throw ErrorCode.INVALID_PARAMS.at(
          "key", "cannot be new: an environment has at most " + Limits.SOURCES + " sources");
    }
    SourceProvider provider = change.provider();
    return new Source(
        environment.id(),
        key,
        sources.freshId(),
        change.about(),
        provider.settings(),
        provider.mappings().stream()
            .map(
                it -> new ActionMapping(it.eventType(), it.type(), it.parameters(), true, now, now))
            .toList(),
        0,
        new Source.Instants(now, now));
  }

  /** The environments that the caller may touch, by their order. */
  private List<EnvironmentEntry> reachable(Caller caller) {
    return environments.all().stream()
        .filter(
            it ->
                caller.credential() instanceof Caller.Credential.Service(var token)
                    && token.reaches(it.id()))
        .sorted(
            Comparator.comparingInt(EnvironmentEntry::order).thenComparing(it -> it.id().value()))
        .toList();
  }
}
