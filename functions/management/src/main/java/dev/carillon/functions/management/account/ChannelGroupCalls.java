package dev.carillon.functions.management.account;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.Environments;
import dev.carillon.functions.management.account.ChannelsEverywhere.Everywhere;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The groups of channels that steps may name. Like channels, those of one key are one group: it is
 * shown as the first environment has it. When one was made is not kept: it bears the times of that
 * environment.
 */
final class ChannelGroupCalls {
  private static final Access READ = management(ManagementScope.READ);

  static final List<Operation<ChannelGroupCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/channel_groups", READ, ChannelGroupCalls::list),
          byCaller(
              HttpMethod.GET,
              "/v1/channel_groups/{channel_group_key}",
              READ,
              ChannelGroupCalls::show));

  private final Environments settings;
  private final ChannelsEverywhere everywhere;

  ChannelGroupCalls(Environments settings, ChannelsEverywhere everywhere) {
    this.settings = settings;
    this.everywhere = everywhere;
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

  private static Json.Obj view(Group group, Map<String, Everywhere> channels) {
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
                .with("channel", ChannelsEverywhere.view(channel))
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
        .with("visible_in", Json.texts(List.of("workflow", "broadcast")))
        .with("created_at", created)
        .with("updated_at", updated)
        .with("archived_at", Json.NULL);
  }
}
