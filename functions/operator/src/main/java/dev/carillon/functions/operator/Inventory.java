package dev.carillon.functions.operator;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ApiKeys;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.Channels;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.json.Json;
import dev.carillon.setting.SetChannelCredentials;
import java.util.List;

/**
 * What the deployment's environments have and lack, for those who look after it: no key and no
 * credential is in it, only that there is one. Reads alone; costs what reading the environments'
 * channels and contents does.
 */
final class Inventory {
  private final EnvironmentList environments;
  private final ApiKeys keys;
  private final Channels channels;
  private final ChannelCredentials credentials;
  private final Contents contents;

  Inventory(
      EnvironmentList environments,
      ApiKeys keys,
      Channels channels,
      ChannelCredentials credentials,
      Contents contents) {
    this.environments = environments;
    this.keys = keys;
    this.channels = channels;
    this.credentials = credentials;
    this.contents = contents;
  }

  /**
   * {@code {"environments": [{"slug", "secret_key", "channels", "workflows"}]}}, in their order.
   */
  Json.Obj view() {
    return Json.object()
        .with(
            "environments",
            Json.array(environments.all().stream().map(it -> (Json) environment(it)).toList()));
  }

  private Json.Obj environment(EnvironmentEntry entry) {
    var id = entry.id();
    return Json.object()
        .with("slug", entry.slug())
        .with("secret_key", Json.of(keys.any(id, ApiKey.Kind.SECRET)))
        .with(
            "channels",
            Json.array(channels.all(id).stream().map(it -> (Json) channel(id, it)).toList()))
        .with(
            "workflows",
            Json.of(
                contents.all(id, ContentType.WORKFLOW).stream()
                    .filter(it -> it.committed().isPresent())
                    .count()));
  }

  private Json.Obj channel(EnvironmentId environment, Channel channel) {
    return Json.object()
        .with("key", channel.key())
        .with("provider", channel.provider())
        .with("missing_credentials", Json.texts(missing(environment, channel)));
  }

  private List<String> missing(EnvironmentId environment, Channel channel) {
    List<String> needed = SetChannelCredentials.needs(channel);
    if (needed.isEmpty()) {
      return needed;
    }
    var kept = credentials.find(environment, channel.id());
    // What is there and not on record is lacking as well: steps pass the channel by.
    List<String> passedBy = channels.configured(environment).lackedBy(channel);
    return needed.stream()
        .filter(name -> kept.get(name).isEmpty() || passedBy.contains(name))
        .toList();
  }
}
