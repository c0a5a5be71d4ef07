package dev.carillon.functions.sockets;

import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Authentication;
import dev.carillon.edge.access.Caller;
import dev.carillon.id.Digest;
import dev.carillon.socket.Connection;
import dev.carillon.socket.Connections;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets somebody connect who may read feeds over HTTP, by the same rule; whose feeds is a matter of
 * each join. A connection is good for as long as the user token that it was opened with.
 */
final class OpenConnection {
  private static final Access ACCESS = Access.everyday(Ability.FEED_READ);

  private final Authentication authentication;
  private final Connections connections;
  private final InstantSource clock;

  OpenConnection(Authentication authentication, Connections connections, InstantSource clock) {
    this.authentication = authentication;
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * @throws dev.carillon.edge.ApiException when it is refused
   */
  Connection open(SocketEvent.Connect event) {
    Caller caller = authentication.authenticate(event.apiKey(), event.userToken());
    caller.admit(ACCESS);
    Instant longest = clock.instant().plus(Connection.LONGEST);
    var connection =
        new Connection(
            event.connection(),
            caller.environment(),
            Digest.hex(event.apiKey()),
            caller.feeds(),
            caller.expiresAt().filter(longest::isAfter).orElse(longest));
    connections.open(connection);
    return connection;
  }
}
