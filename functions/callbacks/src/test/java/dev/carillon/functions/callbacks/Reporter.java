package dev.carillon.functions.callbacks;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Providers;
import dev.carillon.provider.sms.CallbackLink;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a provider reports, written from its documentation: what it posts and how that is proven. For
 * walks over all that report.
 *
 * @param proof by what its reports are believed, in words
 * @param configured settings and credentials of the channel
 * @param window how old a report may be; zero where nothing dates it
 * @param failed what a message becomes when it says so
 */
record Reporter(
    String provider,
    String proof,
    Json.Obj configured,
    Writer writer,
    Duration window,
    DeliveryStatus failed,
    Set<Trait> traits) {

  /** What not every one of them does. */
  enum Trait {
    /** The proof does not cover what is said. */
    BODY_UNPROVEN,
    /** An event names the address that it is about. */
    NAMES_ADDRESS,
    /** It reports failures alone, or of a kind that never gets further than sent. */
    NEVER_DELIVERED
  }

  enum What {
    ON_ITS_WAY,
    DELIVERED,
    FAILED
  }

  /** Whose secret proves a report. */
  enum Whose {
    OWN,
    OTHER,
    NOBODY
  }

  /**
   * What is told.
   *
   * @param theirs what the provider calls the message
   * @param address whom it is about, where the provider says that
   * @param id of the event, where the provider has such
   */
  record Told(What what, MessageId ours, String theirs, String address, String id, Instant at) {
    static final String PRIMARY = "ellie@example.com";

    static Told of(What what, Instant at) {
      return new Told(
          what, CallbacksFixture.ID, "theirs-1", PRIMARY, "event-" + what.ordinal(), at);
    }

    Told of(MessageId other) {
      return new Told(what, other, "theirs-of-others", address, id, at);
    }

    Told called(String other) {
      return new Told(what, ours, other, address, id + "-" + other, at);
    }

    Told about(String other) {
      return new Told(what, ours, theirs, other, id + "-" + other, at);
    }

    Json.Obj metadata() {
      return Json.object().with("knock_message_id", ours.value());
    }

    long seconds() {
      return at.getEpochSecond();
    }

    /** The word for it. */
    String word(String onItsWay, String delivered, String failed) {
      return switch (what) {
        case ON_ITS_WAY -> onItsWay;
        case DELIVERED -> delivered;
        case FAILED -> failed;
      };
    }
  }

  /**
   * @param url that the provider was given, without a query
   */
  record Signing(String url, Whose whose, Instant at) {
    String timestamp() {
      return Long.toString(at.getEpochSecond());
    }

    /** The secret it is proven with; a channel's own is the first. */
    String secret() {
      return whose == Whose.OWN ? OWN : OTHERS;
    }

    boolean proven() {
      return whose != Whose.NOBODY;
    }

    /** The link for that message, as it was given out with it, or one that nobody gave out. */
    String link(MessageId message) {
      return proven() ? CallbackLink.to(URI.create(url), message, secret()) : url;
    }

    KeyPair of(Keys keys) {
      return whose == Whose.OWN ? keys.own() : keys.others();
    }
  }

  /** A request as it comes in. */
  record Wire(String method, String url, Map<String, String> headers, String body) {
    String query() {
      int at = url.indexOf('?');
      return at < 0 ? "" : url.substring(at + 1);
    }
  }

  @FunctionalInterface
  interface Writer {
    Wire write(Told told, Signing signing) throws GeneralSecurityException;
  }

  /** The channel's, and those of somebody else. */
  record Keys(KeyPair own, KeyPair others) {
    /** Short ones: they are made for each run of the tests. */
    static Keys of(String algorithm, int bits) {
      try {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return new Keys(generator.generateKeyPair(), generator.generateKeyPair());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** What the channel has, in base64. */
    String shown() {
      return base64(own.getPublic().getEncoded());
    }
  }

  static final String OWN = "c2VjcmV0IG9mIHRoZSBjaGFubmVs";
  private static final String OTHERS = "c2VjcmV0IG9mIGFub3RoZXIgb25l";

  Wire wire(Told told, Signing signing) {
    try {
      return writer.write(told, signing);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean bringsOurId() {
    return Providers.named(provider).orElseThrow().callbacks().orElseThrow().bringsOurId();
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  @Override
  public String toString() {
    return provider + " by " + proof;
  }

  static Wire post(String url, Map<String, String> headers, String body) {
    return new Wire("POST", url, headers, body);
  }

  static Wire post(String url, Map<String, String> headers, Json body) {
    return post(url, headers, JsonText.write(body));
  }

  static byte[] hmac(String algorithm, byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(utf8(text));
  }

  static byte[] signature(String algorithm, KeyPair keys, String text)
      throws GeneralSecurityException {
    var signature = Signature.getInstance(algorithm);
    signature.initSign(keys.getPrivate());
    signature.update(utf8(text));
    return signature.sign();
  }

  static String sha256(String text) throws GeneralSecurityException {
    return hex(MessageDigest.getInstance("SHA-256").digest(utf8(text)));
  }

  /** A JSON web token of these claims. */
  static String token(Json.Obj claims, String secret) throws GeneralSecurityException {
    var url = Base64.getUrlEncoder().withoutPadding();
    String content =
        url.encodeToString(utf8("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"))
            + "."
            + url.encodeToString(JsonText.bytes(claims));
    return content + "." + url.encodeToString(hmac("HmacSHA256", utf8(secret), content));
  }

  static String form(Map<String, String> fields) {
    return new TreeMap<>(fields)
        .entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
