package dev.carillon.functions.management.settings;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.functions.management.account.ChannelsEverywhere;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.setting.ChannelReader;
import dev.carillon.setting.SetChannelCredentials;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes and changes the channels of an environment, which Knock does on its screens. Credentials
 * are written by a call of their own and never shown.
 */
final class ChannelWrites {
  private static final Access SETTINGS = management(ManagementScope.SETTINGS);

  static final List<Operation<ChannelWrites>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.PUT, "/v1/channels/{key}", SETTINGS, ChannelWrites::put),
          byCaller(
              HttpMethod.PUT,
              "/v1/channels/{key}/credentials",
              SETTINGS,
              ChannelWrites::putCredentials));

  private final ManagementCall.Reader calls;
  private final Channels channels;
  private final ChannelsEverywhere everywhere;
  private final SetChannelCredentials credentials;
  private final Changes changes;

  ChannelWrites(
      ManagementCall.Reader calls,
      Channels channels,
      ChannelsEverywhere everywhere,
      SetChannelCredentials credentials,
      Changes changes) {
    this.calls = calls;
    this.channels = channels;
    this.everywhere = everywhere;
    this.credentials = credentials;
    this.changes = changes;
  }

  /**
   * What the body leaves out of a channel that there is stays as it is; settings are replaced
   * whole. A channel of one key has one id in all environments.
   */
  HttpResponse put(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String key = request.pathId("key");
    Optional<Channel> before = channels.find(call.id(), key);
    var given =
        request
            .fields()
            .required("channel")
            .object()
            .only(Set.of("key", "name", "type", "provider", "settings"));
    var wanted = ChannelReader.read(new RequestFields(whole(given, key, before), "channel"));
    before
        .filter(it -> it.type() != wanted.type())
        .ifPresent(
            it -> {
              throw ErrorCode.INVALID_PARAMS.at(
                  "channel.type", "is " + it.type().wireName() + ", and stays so");
            });
    Instant now = call.origin().at();
    var channel =
        new Channel(
            before.map(Channel::id).orElseGet(() -> id(caller, wanted.key())),
            wanted.key(),
            wanted.name(),
            wanted.type(),
            wanted.provider(),
            wanted.settings(),
            before.map(Channel::createdAt).orElse(now),
            now);
    ChannelReader.checkFailover("channel.settings", channel, channels.all(call.id()));
    if (before.map(it -> !same(it, channel)).orElse(true)) {
      changes.record(
          call.id(),
          call.origin()
              .change(
                  before.isPresent() ? "changed" : "made",
                  "channel/" + channel.key(),
                  before.map(ChannelWrites::text).orElse(""),
                  text(channel)));
      channels.put(call.id(), channel, SetChannelCredentials.needs(channel));
    }
    return HttpResponse.ok(
        Json.object()
            .with(
                "channel",
                everywhere.view(
                    new ChannelsEverywhere.Everywhere(
                        channel,
                        Map.of(
                            call.environment().slug(),
                            new ChannelsEverywhere.There(call.id(), channel))))));
  }

  private ChannelId id(Caller caller, String key) {
    return everywhere.channels(caller).stream()
        .map(ChannelsEverywhere.Everywhere::channel)
        .filter(it -> it.key().equals(key))
        .findFirst()
        .map(Channel::id)
        .orElseGet(() -> ChannelId.ofKey(key));
  }

  private static Json.Obj whole(RequestFields given, String key, Optional<Channel> before) {
    given
        .optional("key")
        .filter(it -> !it.text().equals(key) && before.isEmpty())
        .ifPresent(
            it -> {
              throw it.refused("must be that of the path");
            });
    Json.Obj known =
        before
            .map(
                it ->
                    Json.object()
                        .with("name", it.name())
                        .with("type", it.type().wireName())
                        .with("provider", it.provider())
                        .with("settings", it.settings()))
            .orElse(Json.Obj.EMPTY);
    var json = new LinkedHashMap<>(known.fields());
    json.putAll(given.json().fields());
    json.put("key", Json.of(before.map(Channel::key).orElse(key)));
    return new Json.Obj(json);
  }

  private static boolean same(Channel one, Channel other) {
    return text(one).equals(text(other));
  }

  /** Credentials are none of a channel's settings. */
  private static String text(Channel channel) {
    return JsonText.write(
        Json.object()
            .with("name", channel.name())
            .with("type", channel.type().wireName())
            .with("provider", channel.provider())
            .with("settings", channel.settings()));
  }

  /** Replaces the credentials of the channel's provider; the answer names them. */
  HttpResponse putCredentials(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String key = request.pathId("key");
    var given = request.fields().only(Set.of("credentials")).required("credentials").object();
    changes.record(
        call.id(),
        call.origin()
            .change(
                "changed",
                "channel/" + key + "/credentials",
                "",
                String.join(" ", given.json().fields().keySet())));
    return HttpResponse.ok(credentials.set(call.id(), key, given));
  }
}
