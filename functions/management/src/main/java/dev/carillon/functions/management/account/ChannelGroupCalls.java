package dev.carillon.functions.management.account;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.environment.Environments;
import dev.carillon.functions.management.account.ChannelsEverywhere.Everywhere;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.setting.ChannelGroupReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The groups of channels that steps may name. Like channels, those of one key are one group: it is
 * shown as the first environment has it. When one was made is not kept: it bears the times of that
 * environment.
 */
final class ChannelGroupCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final Access SETTINGS = management(ManagementScope.SETTINGS);
  private static final String ENVIRONMENT = "environment";

  static final List<Operation<ChannelGroupCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/channel_groups", READ, ChannelGroupCalls::list),
          byCaller(
              HttpMethod.GET,
              "/v1/channel_groups/{channel_group_key}",
              READ,
              ChannelGroupCalls::show),
          byCaller(
              HttpMethod.PUT,
              "/v1/channel_groups/{channel_group_key}",
              SETTINGS,
              ChannelGroupCalls::put),
          byCaller(
              HttpMethod.DELETE,
              "/v1/channel_groups/{channel_group_key}",
              SETTINGS,
              ChannelGroupCalls::delete));

  private final ManagementCall.Reader calls;
  private final Environments settings;
  private final ChannelsEverywhere everywhere;
  private final Changes changes;

  ChannelGroupCalls(
      ManagementCall.Reader calls,
      Environments settings,
      ChannelsEverywhere everywhere,
      Changes changes) {
    this.calls = calls;
    this.settings = settings;
    this.everywhere = everywhere;
    this.changes = changes;
  }

  private record Group(String key, Json.Obj file, EnvironmentEntry environment) {}

  HttpResponse list(HttpRequest request, Caller caller) {
    var query = request.query().heeding(EntryPages.PARAMETERS);
    Map<String, Everywhere> channels = channels(caller);
    return EntryPages.of(
        List.copyOf(all(caller)),
        query,
        request.cursors(AccountCalls.ANY, "channel_groups"),
        Group::key,
        group -> view(group, channels));
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    String key = request.pathParameter("channel_group_key");
    return all(caller).stream()
        .filter(group -> group.key().equals(key))
        .findFirst()
        .map(group -> HttpResponse.ok(view(group, channels(caller))))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  /**
   * Lets the group be so in all environments that the caller may touch, or in the one that the
   * query names; in each by one write, so that who dies in between calls again.
   */
  HttpResponse put(HttpRequest request, Caller caller) {
    String key = request.pathParameter("channel_group_key");
    var given = request.fields().required("channel_group").object();
    Json.Obj named = given.json().with("key", key);
    Json.Obj group = bare(ChannelGroupReader.read(new RequestValue("channel_group", bare(named))));
    var call = calls.readAcross(request, caller);
    for (EnvironmentEntry environment : named(call, caller)) {
      List<Json.Obj> before = settings.settings(environment.id()).channelGroups();
      record(call, environment, find(before, key), Optional.of(group));
      settings.change(environment.id(), it -> it.withChannelGroups(with(it, group, key)));
    }
    return all(caller).stream()
        .filter(it -> it.key().equals(key))
        .findFirst()
        .map(it -> new Group(key, group, it.environment()))
        .map(it -> Json.object().with("channel_group", view(it, channels(caller))))
        .map(HttpResponse::ok)
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  /** What is null is not there. */
  private static Json.Obj bare(Json.Obj group) {
    var fields = new LinkedHashMap<String, Json>();
    group.fields().forEach((name, value) -> bare(value).ifPresent(it -> fields.put(name, it)));
    return new Json.Obj(fields);
  }

  private static Optional<Json> bare(Json value) {
    return switch (value) {
      case Json.Null() -> Optional.empty();
      case Json.Obj object -> Optional.of(bare(object));
      case Json.Arr(var items) ->
          Optional.of(Json.array(items.stream().flatMap(it -> bare(it).stream()).toList()));
      case Json.Str _, Json.Num _, Json.Bool _ -> Optional.of(value);
    };
  }

  private List<EnvironmentEntry> named(ManagementCall call, Caller caller) {
    return call.query().one(ENVIRONMENT).isPresent()
        ? List.of(call.environment())
        : everywhere.reachable(caller);
  }

  private static List<Json.Obj> with(EnvironmentSettings settings, Json.Obj group, String key) {
    var groups = new ArrayList<>(settings.channelGroups());
    int at = groups.indexOf(find(groups, key).orElse(group));
    if (at >= 0) {
      groups.set(at, group);
    } else {
      groups.add(group);
    }
    return groups;
  }

  private static Optional<Json.Obj> find(List<Json.Obj> groups, String key) {
    return groups.stream().filter(it -> it.text("key").equals(Optional.of(key))).findFirst();
  }

  private void record(
      ManagementCall call,
      EnvironmentEntry environment,
      Optional<Json.Obj> before,
      Optional<Json.Obj> after) {
    if (before.equals(after)) {
      return;
    }
    String key = before.or(() -> after).flatMap(it -> it.text("key")).orElse("");
    changes.record(
        environment.id(),
        call.origin()
            .change(
                after.isEmpty() ? "removed" : before.isEmpty() ? "made" : "changed",
                "channel_group/" + key,
                before.map(JsonText::write).orElse(""),
                after.map(JsonText::write).orElse("")));
  }

  /** Takes it out of all environments that the caller may touch, or of the one that is named. */
  HttpResponse delete(HttpRequest request, Caller caller) {
    String key = request.pathParameter("channel_group_key");
    var call = calls.readAcross(request, caller);
    boolean found = false;
    for (EnvironmentEntry environment : named(call, caller)) {
      var before = find(settings.settings(environment.id()).channelGroups(), key);
      if (before.isPresent()) {
        found = true;
        record(call, environment, before, Optional.empty());
        settings.change(
            environment.id(),
            it ->
                it.withChannelGroups(
                    it.channelGroups().stream()
                        .filter(group -> !group.text("key").equals(Optional.of(key)))
                        .toList()));
      }
    }
    if (!found) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return HttpResponse.noContent();
  }

  private Collection<Group> all(Caller caller) {
    var byKey = new TreeMap<String, Group>();
    for (EnvironmentEntry environment : everywhere.reachable(caller)) {
      for (Json.Obj file : settings.settings(environment.id()).channelGroups()) {
        String key = file.text("key").orElse("");
        byKey.putIfAbsent(key, new Group(key, file, environment));
      }
    }
    return byKey.values();
  }

  private Map<String, Everywhere> channels(Caller caller) {
    return everywhere.channels(caller).stream()
        .collect(Collectors.toMap(it -> it.channel().key(), it -> it));
  }

  private Json.Obj view(Group group, Map<String, Everywhere> channels) {
    Json created = Times.of(group.environment().createdAt());
    Json updated = Times.of(group.environment().updatedAt());
    var rules = new ArrayList<Json>();
    int index = 0;
    for (Json json : group.file().list("channel_rules")) {
      Json.Obj rule = (Json.Obj) json;
      // A channel that no environment has is never chosen.
      Everywhere channel = channels.get(rule.text("channel_key").orElse(""));
      if (channel != null) {
        rules.add(
            rule.without("channel_key")
                .with("index", rule.get("index").orElse(Json.of(index)))
                .with("channel", everywhere.view(channel))
                .with("created_at", created)
                .with("updated_at", updated));
      }
      index++;
    }
    return Json.object()
        .with("key", group.key())
        .with("name", group.file().text("name").orElse(group.key()))
        .with("channel_type", group.file().text("channel_type").orElse(""))
        .with("operator", group.file().text("operator").orElse("any"))
        .with("source", "user")
        .with("channel_rules", Json.array(rules))
        .with(
            "visible_in",
            group.file().get("visible_in").orElse(Json.texts(List.of("workflow", "broadcast"))))
        .with("created_at", created)
        .with("updated_at", updated)
        .with("archived_at", Json.NULL);
  }
}
