package dev.carillon.functions.api.channeldata;

import static dev.carillon.edge.access.Ability.CHANNEL_DATA_READ;
import static dev.carillon.edge.access.Ability.CHANNEL_DATA_WRITE;
import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.access.Access.personal;

import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.IdentifyRecipient;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls about what a channel needs to reach a user or an object: tokens, connections. */
final class ChannelDataCalls {
  private static final String OF_USER = "/v1/users/{id}/channel_data/{channel}";
  private static final String OF_OBJECT = "/v1/objects/{collection}/{id}/channel_data/{channel}";

  static final List<Operation<ChannelDataCalls>> OPERATIONS =
      List.of(
          Operation.get(OF_USER, personal(CHANNEL_DATA_READ), ChannelDataCalls::show),
          Operation.put(OF_USER, personal(CHANNEL_DATA_WRITE), ChannelDataCalls::set),
          Operation.delete(OF_USER, personal(CHANNEL_DATA_WRITE), ChannelDataCalls::unset),
          Operation.get(OF_OBJECT, SECRET_KEY, ChannelDataCalls::show),
          Operation.put(OF_OBJECT, SECRET_KEY, ChannelDataCalls::set),
          Operation.delete(OF_OBJECT, SECRET_KEY, ChannelDataCalls::unset));

  private final Recipients recipients;
  private final Channels channels;
  private final IdentifyRecipient identifying;

  ChannelDataCalls(Recipients recipients, Channels channels, IdentifyRecipient identifying) {
    this.recipients = recipients;
    this.channels = channels;
    this.identifying = identifying;
  }

  /** Nothing set is a 404. */
  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    String channel = channel(request, environment);
    return recipients
        .find(environment, RecipientPath.of(request))
        .map(it -> it.channelData().get(channel))
        .map(data -> answer(environment, channel, data))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  /** Replaces what the channel had; the recipient comes to be. */
  HttpResponse set(HttpRequest request, EnvironmentId environment) {
    var id = RecipientPath.of(request);
    String channel = channel(request, environment);
    Json.Obj data = ChannelDataFields.of(request.fields());
    var said =
        new Identification(Json.Obj.EMPTY, Optional.empty(), Map.of(), Map.of(channel, data));
    identifying.change(request, environment, id, said, it -> it.withChannelData(channel, data));
    return answer(environment, channel, data);
  }

  HttpResponse unset(HttpRequest request, EnvironmentId environment) {
    var id = RecipientPath.of(request);
    String channel = channel(request, environment);
    identifying.change(
        request, environment, id, Identification.NOTHING, it -> it.withoutChannelData(channel));
    return HttpResponse.noContent();
  }

  private String channel(HttpRequest request, EnvironmentId environment) {
    return identifying.reader(environment).channelId("channel_id", request.pathId("channel"));
  }

  private HttpResponse answer(EnvironmentId environment, String channel, Json.Obj data) {
    return HttpResponse.ok(ChannelDataView.of(channel, data, channels.find(environment, channel)));
  }
}
