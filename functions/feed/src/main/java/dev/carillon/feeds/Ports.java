package dev.carillon.feeds;

import dev.carillon.access.FindApiKey;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ApiKeys;
import dev.carillon.edge.Routes;
import dev.carillon.edge.Routes.Access;
import dev.carillon.feed.Feeds;
import dev.carillon.message.Messages;
import dev.carillon.recipient.Recipients;
import dev.carillon.runtime.Log;
import dev.carillon.variable.Variables;
import java.time.InstantSource;

/** All that this function reads; it writes nothing. */
record Ports(
    FindApiKey keys,
    Channels channels,
    Feeds feeds,
    Messages messages,
    Recipients recipients,
    Variables variables) {

  Routes routes(InstantSource clock, Log log) {
    return new Routes(new ApiKeys(keys, clock), log)
        .on("GET /v1/users/{id}/feeds/{channel}", Access.ANY_KEY, new FeedCall(this)::show);
  }
}
