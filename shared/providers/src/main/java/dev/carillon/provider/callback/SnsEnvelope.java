package dev.carillon.provider.callback;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.format.JsonBody;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that SNS posts to an HTTPS subscription. Anybody can have SNS post anything, signed:
 * the topic must be the one the channel names.
 *
 * <p>https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 *
 * @param fields the body
 */
public record SnsEnvelope(Json.Obj fields) {
  /** How old a message may be: SNS retries an HTTPS endpoint for about that long by default. */
  public static final Duration TOLERANCE = Duration.ofHours(1);

  private static final String LOOKUP = "sns.certificate:";
  private static final Duration KEEP = Duration.ofHours(24);

  /** What is signed, by type; a field that is absent is left out. */
  private static final Map<String, List<String>> SIGNED =
      Map.of(
          "Notification",
          List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
          "SubscriptionConfirmation",
          List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
          "UnsubscribeConfirmation",
          List.of(
              "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"));

  private static final Map<String, Signatures.Asymmetric> VERSIONS =
      Map.of("1", Signatures.Asymmetric.RSA_SHA1, "2", Signatures.Asymmetric.RSA_SHA256);

  private static final Pattern HOST =
      Pattern.compile("sns\\.([a-zA-Z0-9-]{3,})\\.amazonaws\\.com(\\.cn)?");
  private static final Pattern TOPIC = Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):.+");

  /** The message of a request; one without fields when its body is none. */
  public static SnsEnvelope of(CallbackRequest request) {
    return new SnsEnvelope(JsonBody.object(request.body()));
  }

  /**
   * @param topic the ARN of the only topic whose messages are believed
   */
  public Verdict verify(String topic, Map<String, String> lookups, Instant now) {
    String given = text("TopicArn");
    List<String> signed = SIGNED.get(text("Type"));
    Signatures.Asymmetric algorithm = VERSIONS.get(text("SignatureVersion"));
    Optional<Instant> at = EventTimes.iso(fields.text("Timestamp"));
    if (signed == null || algorithm == null || at.isEmpty()) {
      return new Verdict.Forged("not a signed message of SNS");
    }
    if (!Signatures.equal(given, topic)) {
      return new Verdict.Forged("not of the channel's topic");
    }
    Optional<String> url = certificateUrl(given);
    if (url.isEmpty()) {
      return new Verdict.Forged("the certificate is not one of SNS in the topic's region");
    }
    Lookup lookup = new Lookup(LOOKUP + url.get(), JsonBody.get(url.get(), Map.of()), KEEP);
    String pem = lookups.get(lookup.key());
    if (pem == null) {
      return new Verdict.Ask(lookup);
    }
    boolean valid =
        certificate(Signatures.utf8(pem))
            .filter(it -> isValid(it, now))
            .map(
                it ->
                    Signatures.signed(
                        algorithm,
                        it.getPublicKey(),
                        Signatures.unbase64(text("Signature")).orElse(new byte[0]),
                        Signatures.utf8(stringToSign(signed))))
            .orElse(false);
    if (!valid) {
      return new Verdict.Forged("the signature does not fit");
    }
    return Signatures.timely(at.get(), now, TOLERANCE)
        ? new Verdict.Authentic()
        : new Verdict.Stale();
  }

  /** Whether it was {@link #verify} that asked. */
  public static boolean asked(Lookup lookup) {
    return lookup.key().startsWith(LOOKUP);
  }

  /** What came of the question for a certificate. */
  public static LookupResult read(ProviderResponse response) {
    return response.successful() && response.whole() && certificate(response.body()).isPresent()
        ? new LookupResult.Found(response.text(), KEEP)
        : new LookupResult.Failed(
            new DeliveryResult.Deferred(
                "the certificate is not to be had: status " + response.status(), Optional.empty()));
  }

  /** What was published, for a notification. */
  public Optional<String> notification() {
    return text("Type").equals("Notification") ? fields.text("Message") : Optional.empty();
  }

  /** The same when SNS posts it again. */
  public String id() {
    return text("MessageId");
  }

  /**
   * What an authentic message is answered: a subscription is confirmed by following its URL, which
   * must be SNS's own.
   */
  public CallbackReader.Answer answer() {
    boolean confirms =
        text("Type").equals("SubscriptionConfirmation")
            && own(text("SubscribeURL"))
                .map(URI::getRawQuery)
                .filter(query -> query.contains("Action=ConfirmSubscription"))
                .isPresent();
    CallbackReader.Answer done = CallbackReader.Answer.DONE;
    return confirms
        ? new CallbackReader.Answer(
            done.status(),
            done.contentType(),
            done.body(),
            List.of(JsonBody.get(text("SubscribeURL"), Map.of())))
        : done;
  }

  private String text(String name) {
    return fields.text(name).orElse("");
  }

  private String stringToSign(List<String> signed) {
    var text = new StringBuilder();
    for (String name : signed) {
      fields
          .text(name)
          .ifPresent(value -> text.append(name).append('\n').append(value).append('\n'));
    }
    return text.toString();
  }

  private Optional<String> certificateUrl(String topic) {
    String url = fields.text("SigningCertURL").orElse(text("SigningCertUrl"));
    Matcher region = TOPIC.matcher(topic);
    return own(url)
        .filter(uri -> uri.getPath().endsWith(".pem") && uri.getRawQuery() == null)
        .filter(uri -> region.matches() && region(uri).equalsIgnoreCase(region.group(1)))
        .map(_ -> url);
  }

  /** The URL if it is one of SNS itself, over TLS at its usual port. */
  private static Optional<URI> own(String url) {
    try {
      URI uri = new URI(url);
      boolean own =
          "https".equals(uri.getScheme())
              && uri.getHost() != null
              && HOST.matcher(uri.getHost()).matches()
              && uri.getRawUserInfo() == null
              && uri.getPort() < 0
              && uri.getRawFragment() == null
              && uri.getPath() != null;
      return own ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static String region(URI uri) {
    Matcher host = HOST.matcher(uri.getHost());
    return host.matches() ? host.group(1) : "";
  }

  private static Optional<X509Certificate> certificate(byte[] pem) {
    try {
      var read =
          new ArrayList<>(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(pem)));
      return read.stream().findFirst().map(X509Certificate.class::cast);
    } catch (CertificateException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static boolean isValid(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }
}
