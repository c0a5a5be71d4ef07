package dev.carillon.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEventDocument;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.visitor.Visitor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqsTrackingTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void a_click_is_one_request_that_holds_the_event_whole() throws Exception {
    var event =
        new TrackingEvent(
            "id",
            new TrackedLink(
                new EnvironmentId("production"),
                new MessageId(Ksuid.of(NOON, Digest.of("m"))),
                TrackedLink.Kind.LINK,
                3,
                new LinkTarget("https://acme.example/?a=1&b=2")),
            NOON,
            new Visitor.Person(),
            Optional.of("Ünïcode \uffff 🎉"),
            Optional.of("203.0.113.9"),
            Optional.empty());
    try (var aws = new FakeAws(asked -> FakeAws.Answer.ok(taken(asked.body())))) {
      new SqsTracking(aws.clients().sqs(), aws.url() + "/queue").record(event);
      assertThat(aws.asked()).hasSize(1);
      Json.Obj asked = aws.asked().getFirst().body();
      var body = JsonText.parse(asked.text("MessageBody").orElseThrow());
      assertThat(TrackingEventDocument.read((Json.Obj) body)).isEqualTo(event);
      assertThat(asked.text("MessageGroupId").orElseThrow()).matches("[0-9a-f]{32}");
    }
  }

  /** What SQS answers, the digest of what it took included. */
  private static Json.Obj taken(Json.Obj asked) {
    try {
      byte[] body = asked.text("MessageBody").orElseThrow().getBytes(StandardCharsets.UTF_8);
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
      return Json.object().with("MessageId", "1").with("MD5OfMessageBody", digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
