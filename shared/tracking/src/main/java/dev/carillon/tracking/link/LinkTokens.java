package dev.carillon.tracking.link;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.Tracked;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.TrackedMail;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The tokens of standard links: all that a click needs, signed, in base 64 for URLs. Nothing is
 * looked up to follow one, so a link works as long as its key is kept.
 *
 * <pre>
 * 1 byte    id of the key
 * 1 byte    what it is: 0 link, 1 action, 2 mail, 3 link beside its target, 4 action beside its
 *           target; + 16 when "https://" before the target is left out
 * 20 bytes  the message's KSUID
 * 1 byte    length of the environment's name, and the name
 * 2 bytes   index of the link                        (links only)
 * the rest  the target                               (links with their target in them)
 * 16 bytes  HMAC-SHA256 over all before it, and the target when that travels beside it, cut to 128
 *           bits
 * </pre>
 *
 * <p>A text opens only if it is, to the bit, what was sealed: other spellings of the same bytes in
 * base 64 are refused too.
 */
public final class LinkTokens {
  private static final int MAC_BYTES = 16;
  private static final int MESSAGE_BYTES = 20;
  private static final int WITHOUT_SCHEME = 0x10;

  /** Characters of the longest: a target of {@value LinkTarget#LONGEST} and what stands before. */
  private static final int LONGEST = 5_700;

  /** Sets these signatures apart from all else that the keys may come to sign. */
  private static final byte[] PURPOSE = "carillon link 1\0".getBytes(StandardCharsets.US_ASCII);

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private enum Form {
    LINK,
    ACTION,
    MAIL,
    LINK_BESIDE,
    ACTION_BESIDE
  }

  private final LinkKeys keys;

  public LinkTokens(LinkKeys keys) {
    this.keys = keys;
  }

  /** The token, with the target in it. The same for the same arguments as long as the key is. */
  public String seal(Tracked tracked) {
    return switch (tracked) {
      case TrackedMail mail -> sealed(head(mail, Form.MAIL, 0), new byte[0]);
      case TrackedLink link -> {
        Form form =
            switch (link.kind()) {
              case LINK -> Form.LINK;
              case ACTION -> Form.ACTION;
            };
        String target = link.target().value();
        boolean plain = link.target().plain();
        var out = linkHead(link, form, plain ? WITHOUT_SCHEME : 0);
        out.writeBytes(ascii(plain ? target.substring(LinkTarget.SCHEME.length()) : target));
        yield sealed(out, new byte[0]);
      }
    };
  }

  /** A token that is good for this target alone, which travels beside it in the URL. */
  public String sealBeside(TrackedLink link) {
    Form form =
        switch (link.kind()) {
          case LINK -> Form.LINK_BESIDE;
          case ACTION -> Form.ACTION_BESIDE;
        };
    return sealed(linkHead(link, form, 0), ascii(link.target().value()));
  }

  private ByteArrayOutputStream linkHead(TrackedLink link, Form form, int flags) {
    var out = head(link, form, flags);
    out.write(link.index() >>> 8);
    out.write(link.index());
    return out;
  }

  private ByteArrayOutputStream head(Tracked tracked, Form form, int flags) {
    byte[] environment = ascii(tracked.environment().value());
    var out = new ByteArrayOutputStream();
    out.write(keys.current().id());
    out.write(form.ordinal() | flags);
    out.writeBytes(Base62.bytes(tracked.message().value(), MESSAGE_BYTES));
    out.write(environment.length);
    out.writeBytes(environment);
    return out;
  }

  private String sealed(ByteArrayOutputStream out, byte[] beside) {
    byte[] payload = out.toByteArray();
    LinkKey key =
        keys.find(payload[0] & 0xff)
            .orElseThrow(() -> new IllegalStateException("The current link key cannot be found"));
    out.writeBytes(signature(key, payload, beside));
    return ENCODER.encodeToString(out.toByteArray());
  }

  private static byte[] signature(LinkKey key, byte[] payload, byte[] beside) {
    return Arrays.copyOf(key.mac(PURPOSE, payload, beside), MAC_BYTES);
  }

  /** What was sealed; empty when nothing was, or only for a target beside it. */
  public Optional<Tracked> open(String token) {
    return open(token, Optional.empty());
  }

  /**
   * What was sealed, for a URL that may bring a target along.
   *
   * @param beside counts only for a token that was sealed for it; a token with its own target leads
   *     there, whatever else the URL says
   * @return empty when nothing was sealed, or it was sealed for another target
   */
  public Optional<Tracked> open(String token, Optional<String> beside) {
    Optional<byte[]> decoded = decoded(token);
    if (decoded.isEmpty() || decoded.get().length < 2 + MESSAGE_BYTES + 2 + MAC_BYTES) {
      return Optional.empty();
    }
    byte[] all = decoded.get();
    byte[] payload = Arrays.copyOf(all, all.length - MAC_BYTES);
    byte[] mac = Arrays.copyOfRange(all, payload.length, all.length);
    int form = payload[1] & 0x0f;
    boolean isBeside = form == Form.LINK_BESIDE.ordinal() || form == Form.ACTION_BESIDE.ordinal();
    if (isBeside && beside.isEmpty()) {
      return Optional.empty();
    }
    byte[] signedBeside = isBeside ? beside.get().getBytes(StandardCharsets.UTF_8) : new byte[0];
    return keys.find(payload[0] & 0xff)
        .filter(key -> MessageDigest.isEqual(mac, signature(key, payload, signedBeside)))
        .flatMap(_ -> read(ByteBuffer.wrap(payload), beside));
  }

  /** Only the one spelling that the encoder gives. */
  private static Optional<byte[]> decoded(String token) {
    if (token.isEmpty() || token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] bytes = DECODER.decode(token);
      return ENCODER.encodeToString(bytes).equals(token) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Signed, so ours; but a later version may have signed what this one does not know. */
  private static Optional<Tracked> read(ByteBuffer in, Optional<String> beside) {
    try {
      in.get();
      int what = in.get() & 0xff;
      if ((what & 0x0f) >= Form.values().length || (what & ~(0x0f | WITHOUT_SCHEME)) != 0) {
        return Optional.empty();
      }
      var message = new MessageId(Base62.text(bytes(in, MESSAGE_BYTES), 27));
      var environment = new EnvironmentId(text(in, in.get() & 0xff));
      return switch (Form.values()[what & 0x0f]) {
        case MAIL -> Optional.of(new TrackedMail(environment, message));
        case LINK -> Optional.of(link(environment, message, TrackedLink.Kind.LINK, in, what));
        case ACTION -> Optional.of(link(environment, message, TrackedLink.Kind.ACTION, in, what));
        case LINK_BESIDE ->
            Optional.of(
                new TrackedLink(
                    environment,
                    message,
                    TrackedLink.Kind.LINK,
                    index(in),
                    new LinkTarget(beside.orElseThrow())));
        case ACTION_BESIDE ->
            Optional.of(
                new TrackedLink(
                    environment,
                    message,
                    TrackedLink.Kind.ACTION,
                    index(in),
                    new LinkTarget(beside.orElseThrow())));
      };
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static TrackedLink link(
      EnvironmentId environment,
      MessageId message,
      TrackedLink.Kind kind,
      ByteBuffer in,
      int what) {
    int index = index(in);
    String rest = text(in, in.remaining());
    String target = (what & WITHOUT_SCHEME) != 0 ? LinkTarget.SCHEME + rest : rest;
    return new TrackedLink(environment, message, kind, index, new LinkTarget(target));
  }

  private static int index(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }

  private static String text(ByteBuffer in, int length) {
    return new String(bytes(in, length), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
