package dev.carillon.local.engine;

import dev.carillon.json.Json;
import dev.carillon.local.egress.EgressCall;
import dev.carillon.local.ses.SentEmail;
import java.util.Optional;

/**
 * What the engines tell and ask the stack around them. Every method may be called from many threads
 * at once, and is called before the AWS call that caused it is answered: what it writes down
 * survives whenever the caller saw success.
 */
public interface Hooks {

  /** What a function answered. {@code failed}: the payload is Lambda's error object. */
  record Invoked(byte[] payload, boolean failed) {}

  /**
   * Runs a function for an {@code Invoke} of the Lambda API.
   *
   * @param functionName as in the template, without ARN or qualifier
   * @return empty when there is no such function
   */
  Optional<Invoked> invoke(String functionName, byte[] payload);

  /**
   * A text is to be sent to a connection of a WebSocket API.
   *
   * @param stage of which API
   * @return false when it is closed, or never was
   */
  boolean sent(String stage, String connection, String text);

  /** The id of the WebSocket API with that stage; another text when there is none. */
  String socketApi(String stage);

  /** An email was accepted. May be told again for the same mail when its sender tries again. */
  void emailSent(SentEmail email);

  /** A call to the outside was answered, refused or failed. */
  void egressed(EgressCall exchange);

  /**
   * An item that carries the feed index key {@code b_pk} was put or updated and is durable.
   *
   * @param item the whole item after the write, attribute values in DynamoDB's own JSON ({@code
   *     {"pk":{"S":"…"}}})
   */
  void itemWritten(String table, Json.Obj item);

  /** The function that signs with this access key; any other text for a caller that is none. */
  String functionOf(String accessKey);
}
