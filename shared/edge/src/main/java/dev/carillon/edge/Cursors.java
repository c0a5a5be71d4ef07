package dev.carillon.edge;

import dev.carillon.access.DeploymentKey;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cursors of one list: opaque to clients, and refused when they come from another list, were
 * changed or were made by somebody else: each bears a code (HMAC-SHA-256) by the key of the
 * deployment. It is no permission: a reader of a position must still look only within the caller's
 * environment.
 *
 * @param key that of the deployment
 * @param boundTo what makes a list this list: environment, route, path parameters and, where a
 *     position means nothing under other filters, {@link Query#filters()}
 */
public record Cursors(DeploymentKey key, List<String> boundTo) {
  private static final int CHECK_BYTES = 16;
  private static final String ALGORITHM = "HmacSHA256";

  /** The key may come to serve for other things, whose codes must be none of a cursor. */
  private static final byte[] PURPOSE = "cursor ".getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST = 4_096;

  /** Of a position of one byte: so many characters have 17 bytes in base64. */
  private static final int SHORTEST = (CHECK_BYTES + 1) * 4 / 3 + 1;

  public Cursors {
    boundTo = List.copyOf(boundTo);
  }

  public static Cursors of(DeploymentKey key, String... boundTo) {
    return new Cursors(key, List.of(boundTo));
  }

  /** The cursor that stands for a position: URL-safe, the same for the same position. */
  public String cursor(String position) {
    var text = position.getBytes(StandardCharsets.UTF_8);
    var whole = ByteBuffer.allocate(CHECK_BYTES + text.length).put(check(text)).put(text);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
  }

  /**
   * The position that the cursor in parameter {@code field} stands for.
   *
   * @throws ApiException when it is no cursor of this list
   */
  public String position(String field, String cursor) {
    try {
      if (cursor.length() <= LONGEST) {
        var whole = Base64.getUrlDecoder().decode(cursor);
        if (whole.length > CHECK_BYTES) {
          var text = Arrays.copyOfRange(whole, CHECK_BYTES, whole.length);
          var position =
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
          // Compared as a whole: base64 has several spellings of its last character.
          if (MessageDigest.isEqual(bytes(cursor(position)), bytes(cursor))) {
            return position;
          }
        }
      }
    } catch (IllegalArgumentException | CharacterCodingException _) { // refused below
    }
    throw foreign(field);
  }

  private static byte[] bytes(String cursor) {
    return cursor.getBytes(StandardCharsets.UTF_8);
  }

  /** To be thrown: the cursor in that parameter leads to no place in this list. */
  private static ApiException foreign(String field) {
    return ErrorCode.INVALID_PARAMS.at(field, "is not a cursor of this list");
  }

  /** What {@code after}, {@code before} and {@code page_size} ask for. */
  public Paging paging(Query query) {
    return paging(query, "page_size", Limits.PAGE_SIZE, Limits.PAGE_SIZE);
  }

  /**
   * What {@code after}, {@code before} and the parameter {@code length} ask for. With both of the
   * first, {@code after} counts.
   *
   * @param usual the length of a page when none is asked for, or 0
   * @throws ApiException when a page longer than {@code most} is asked for, or a cursor has the
   *     form of ours but is none of this list
   */
  public Paging paging(Query query, String length, int usual, int most) {
    int size = query.integer(length, 0, most).filter(it -> it > 0).orElse(usual);
    Optional<String> after = query.one("after");
    Optional<String> before = query.one("before");
    Optional<String> positionAfter = place(after, "after");
    Optional<String> positionBefore = place(before, "before");
    return new Paging(
        size,
        positionAfter,
        after.isPresent() ? Optional.empty() : positionBefore,
        after.or(() -> before).filter(Cursors::namesNoPlace).isPresent());
  }

  private Optional<String> place(Optional<String> cursor, String field) {
    return cursor.filter(it -> !namesNoPlace(it)).map(it -> position(field, it));
  }

  /**
   * Whether it is too short for a cursor of ours, whichever list it would be of. Nothing at all is
   * no name of anything.
   */
  private static boolean namesNoPlace(String cursor) {
    return !cursor.isEmpty() && cursor.length() < SHORTEST;
  }

  /**
   * The {@code page_info} of a response.
   *
   * @param after the position of the last entry when there are more behind it
   * @param before the position of the first entry when there are more before it
   */
  public Json.Obj pageInfo(int pageSize, Optional<String> after, Optional<String> before) {
    return Json.object()
        .with("__typename", "PageInfo")
        .with("after", Json.ofNullable(after.map(this::cursor)))
        .with("before", Json.ofNullable(before.map(this::cursor)))
        .with("page_size", Json.of(pageSize));
  }

  /**
   * Part of a list, as a client asks for it.
   *
   * @param size how many there may be on the page, at least 1
   * @param after the position to continue behind
   * @param before the position to look before
   * @param nowhere whether what was given names no place of any list, so that nothing lies after it
   *     or before it: the page is empty
   */
  public record Paging(int size, Optional<String> after, Optional<String> before, boolean nowhere) {

    /** The page that it asks for, of a list that is given by pages. */
    public <T> Page<T> of(Function<PageRequest, Page<T>> list) {
      return nowhere ? Page.last(List.of()) : list.apply(new PageRequest(after, before, size));
    }

    /**
     * The place to continue behind, of a list whose positions have a form.
     *
     * @param parse gives empty for what has not that form
     * @throws ApiException when the cursor stands for no place
     */
    public <T> Optional<T> after(Function<String, Optional<T>> parse) {
      return after.map(position -> parse.apply(position).orElseThrow(() -> foreign("after")));
    }
  }

  private byte[] check(byte[] position) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(key.secret()), ALGORITHM));
      mac.update(PURPOSE);
      for (var part : boundTo) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        mac.update(bytes);
      }
      return Arrays.copyOf(mac.doFinal(position), CHECK_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
    }
  }
}
