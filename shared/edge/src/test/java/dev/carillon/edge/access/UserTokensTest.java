package dev.carillon.edge.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.SigningKey;
import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Vectors of our own, each one way to get a token wrong, and those that are right. */
class UserTokensTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_767_603_600);
  private static final SignedTokens OURS = SignedTokens.of("RSA", 2_048);
  private static final SignedTokens OTHER = SignedTokens.of("RSA", 2_048);
  private static final SignedTokens SMALL = SignedTokens.of("RSA", 1_024);
  private static final String HEADER = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
  private static final String CLAIMS = "{\"sub\":\"ann\",\"iat\":1767603600,\"exp\":1767607200}";
  private static final String GOOD = OURS.token(HEADER, CLAIMS);

  private record Vector(String what, String token) {}

  @TestFactory
  Stream<DynamicTest> what_is_right_is_believed() {
    return Stream.of(
            header("no type", "{\"alg\":\"RS256\"}"),
            header("a type in small letters", "{\"typ\":\"jwt\",\"alg\":\"RS256\"}"),
            header("a key id", "{\"alg\":\"RS256\",\"kid\":\"../../../dev/null\"}"),
            header("a key of its own, which is not read", header("\"jwk\":{\"kty\":\"RSA\"}")),
            header("an address of keys, which is not read", header("\"jku\":\"http://a.example\"")),
            header("blanks", " { \"alg\" : \"RS256\" } "),
            claims("no times", "{\"sub\":\"ann\"}"),
            claims("an id of its own", "{\"sub\":\"ann\",\"jti\":\"1\",\"aud\":[\"x\"]}"),
            claims("a second of life", "{\"sub\":\"ann\",\"exp\":1767603601}"),
            claims("an end within the tolerance", "{\"sub\":\"ann\",\"exp\":1767603541}"),
            claims("a start within the tolerance", "{\"sub\":\"ann\",\"nbf\":1767603660}"),
            claims("a birth within the tolerance", "{\"sub\":\"ann\",\"iat\":1767603660}"),
            claims("an end with a fraction", "{\"sub\":\"ann\",\"exp\":1767603600.5}"),
            claims("an end in powers of ten", "{\"sub\":\"ann\",\"exp\":1e300}"),
            claims("no explicit grants", "{\"sub\":\"ann\",\"explicit_grants\":false}"),
            new Vector("as usual", GOOD))
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.what(),
                    () ->
                        assertThat(verified(vector.token()))
                            .hasValueSatisfying(
                                token -> {
                                  assertThat(token.user()).isEqualTo(RecipientId.user("ann"));
                                  assertThat(token.explicitGrants()).isFalse();
                                  assertThat(token.grants()).isEmpty();
                                })));
  }

  @TestFactory
  Stream<DynamicTest> what_is_wrong_in_any_way_is_no_token() {
    var vectors = new ArrayList<Vector>();
    for (String alg :
        List.of(
            "none",
            "None",
            "nOnE",
            "NONE",
            "HS256",
            "HS384",
            "RS384",
            "RS512",
            "PS256",
            "ES256",
            "rs256",
            "RS256 ",
            "",
            "RSA256",
            "SHA256withRSA",
            "RS256\\u0000")) {
      vectors.add(header("alg " + alg, "{\"alg\":\"" + alg + "\"}"));
    }
    String none = SignedTokens.part("{\"alg\":\"none\"}") + "." + SignedTokens.part(CLAIMS);
    String hmac = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    String[] good = GOOD.split("\\.");
    byte[] cut = OURS.signature(good[0] + "." + good[1], "SHA256withRSA");
    vectors.addAll(
        List.of(
            header("no alg", "{\"typ\":\"JWT\"}"),
            header("alg null", "{\"alg\":null}"),
            header("alg a list", "{\"alg\":[\"RS256\"]}"),
            header("alg a number", "{\"alg\":256}"),
            header("alg twice", "{\"alg\":\"none\",\"alg\":\"RS256\"}"),
            header("Alg with a capital", "{\"Alg\":\"RS256\"}"),
            header("what must be understood", header("\"crit\":[\"exp\"]")),
            header("what must be understood, empty", header("\"crit\":[]")),
            header("an unencoded payload", header("\"b64\":false")),
            header("another type", header("\"typ\":\"JOSE+JSON\"")),
            header("a type that is none", header("\"typ\":7")),
            header("a list for a header", "[\"RS256\"]"),
            header("a text for a header", "\"RS256\""),
            header("no JSON for a header", "{\"alg\":\"RS256\""),
            header("more than JSON for a header", HEADER + "x"),
            header("nothing for a header", ""),
            header("deep nesting", header("\"x\":" + "[".repeat(500) + "]".repeat(500))),
            new Vector("none, unsigned", none + "."),
            new Vector("none, two parts", none),
            new Vector("none, signed", none + "." + good[2]),
            new Vector(
                "HS256 by the public key's file", SignedTokens.hmac(hmac, CLAIMS, OURS.pem())),
            new Vector("HS256 by the key itself", SignedTokens.hmac(hmac, CLAIMS, OURS.encoded())),
            new Vector("HS256 by nothing", SignedTokens.hmac(hmac, CLAIMS, new byte[] {0})),
            new Vector("HS256 that says RS256", SignedTokens.hmac(HEADER, CLAIMS, OURS.pem())),
            new Vector("the key of another", OTHER.token(HEADER, CLAIMS)),
            new Vector("RS512 that says RS256", OURS.token(HEADER, CLAIMS, "SHA512withRSA")),
            new Vector("SHA-1 that says RS256", OURS.token(HEADER, CLAIMS, "SHA1withRSA")),
            new Vector("no signature", good[0] + "." + good[1] + "."),
            new Vector("no signature and no dot", good[0] + "." + good[1]),
            new Vector("a fourth part", GOOD + "."),
            new Vector("five parts", GOOD + ".a.b"),
            new Vector("the signature of other claims", swapped(good)),
            new Vector("a signature too short", signed(good, Arrays.copyOf(cut, 255))),
            new Vector("a signature too long", signed(good, Arrays.copyOf(cut, 257))),
            new Vector("a signature of zeros", signed(good, new byte[256])),
            new Vector("padding", GOOD + "=="),
            new Vector("padding within", good[0] + "=." + good[1] + "." + good[2]),
            new Vector("a blank before", " " + GOOD),
            new Vector("a line break", GOOD + "\n"),
            new Vector("the other base64", plain(good)),
            new Vector("a letter that is none", GOOD.replace('.', '!')),
            new Vector("nothing", ""),
            new Vector("dots", ".."),
            new Vector("a JSON serialization", "{\"payload\":\"" + good[1] + "\"}"),
            new Vector("a megabyte", "a".repeat(1_000_000)),
            new Vector("a megabyte of dots", ".".repeat(1_000_000)),
            claims("no sub", "{\"exp\":1767607200}"),
            claims("an empty sub", "{\"sub\":\"\"}"),
            claims("sub null", "{\"sub\":null}"),
            claims("sub a list", "{\"sub\":[\"ann\"]}"),
            claims("sub a number", "{\"sub\":7}"),
            claims("sub that is no id", "{\"sub\":\"ann/../bob\"}"),
            claims("sub too long", "{\"sub\":\"" + "a".repeat(257) + "\"}"),
            claims("sub twice", "{\"sub\":\"bob\",\"sub\":\"ann\"}"),
            claims("ended", "{\"sub\":\"ann\",\"exp\":1767600000}"),
            claims("ended at the tolerance", "{\"sub\":\"ann\",\"exp\":1767603540}"),
            claims("ended long ago", "{\"sub\":\"ann\",\"exp\":0}"),
            claims("an end before all time", "{\"sub\":\"ann\",\"exp\":-1e300}"),
            claims("an end beyond all numbers", "{\"sub\":\"ann\",\"exp\":1e999}"),
            claims("an end in words", "{\"sub\":\"ann\",\"exp\":\"1767607200\"}"),
            claims("an end that is null", "{\"sub\":\"ann\",\"exp\":null}"),
            claims("an end that is true", "{\"sub\":\"ann\",\"exp\":true}"),
            claims("not yet", "{\"sub\":\"ann\",\"nbf\":1767603661}"),
            claims("not yet in words", "{\"sub\":\"ann\",\"nbf\":\"soon\"}"),
            claims("not born yet", "{\"sub\":\"ann\",\"iat\":1767603661}"),
            claims("explicit in words", "{\"sub\":\"ann\",\"explicit_grants\":\"true\"}"),
            claims("grants that are a list", "{\"sub\":\"ann\",\"grants\":[]}"),
            claims("a grant that is a list", grants("{\"https://a.example/v1/users/b\":[]}")),
            claims(
                "an ability in words",
                grants("{\"https://a.example/v1/users/b\":{\"user/read\":\"*\"}}")),
            claims("a list of claims", "[]"),
            claims("no JSON", "sub=ann")));
    return vectors.stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.what(), () -> assertThat(verified(vector.token())).isEmpty()));
  }

  @Test
  void every_changed_character_is_noticed() {
    for (int i = 0; i < GOOD.length(); i++) {
      var changed = new StringBuilder(GOOD);
      changed.setCharAt(i, GOOD.charAt(i) == 'A' ? 'B' : 'A');
      assertThat(verified(changed.toString())).as("at " + i).isEmpty();
    }
  }

  @Test
  void a_token_of_any_of_the_keys_is_believed_and_of_a_broken_one_never() {
    assertThat(UserTokens.verify(GOOD, List.of(OTHER.key(), OURS.key()), NOW)).isPresent();
    assertThat(UserTokens.verify(GOOD, List.of(OTHER.key()), NOW)).isEmpty();
    assertThat(UserTokens.verify(GOOD, List.of(), NOW)).isEmpty();
    String small = SMALL.token(HEADER, CLAIMS);
    assertThat(UserTokens.verify(small, List.of(SMALL.key()), NOW)).isEmpty();
  }

  @Test
  void grants_open_other_things_and_explicit_ones_close_the_users_own() {
    var bob = RecipientId.user("bob");
    var ann = RecipientId.user("ann");
    var team = new RecipientId("teams", "t 1");
    UserToken token =
        verified(
                OURS.token(
                    HEADER,
                    grants(
                        """
                        {"https://api.knock.app/v1/users/bob": {"user/read": [{}], "user/fly": []},
                         "https://api.knock.app/v1/objects/teams/t 1": {"channel_data/write": []},
                         "https://api.knock.app/v1/objects/teams": {"channel_data/write": []},
                         "ftp://api.knock.app/v1/users/eve": {"user/read": [{}]}}\
                        """)))
            .orElseThrow();
    assertThat(token.grants())
        .isEqualTo(
            Map.of(bob, Set.of(Ability.USER_READ), team, Set.of(Ability.CHANNEL_DATA_WRITE)));
    assertThat(token.allows(Ability.USER_WRITE, ann)).isTrue();
    assertThat(token.allows(Ability.USER_READ, bob)).isTrue();
    assertThat(token.allows(Ability.USER_WRITE, bob)).isFalse();
    var explicit =
        new UserToken(ann, true, Map.of(ann, Set.of(Ability.FEED_READ)), Optional.empty());
    assertThat(explicit.allows(Ability.FEED_READ, ann)).isTrue();
    assertThat(explicit.allows(Ability.USER_READ, ann)).isFalse();
  }

  @Test
  void the_spellings_of_an_ability_are_one() {
    for (String spelling : List.of("user/feed_read", "user_feed/read", "feed/read")) {
      assertThat(Ability.named(spelling)).contains(Ability.FEED_READ);
    }
    assertThat(Ability.named("FEED_READ")).isEmpty();
  }

  private static Optional<UserToken> verified(String token) {
    List<SigningKey> keys = List.of(OURS.key());
    return UserTokens.verify(token, keys, NOW);
  }

  private static Vector header(String what, String header) {
    return new Vector(what, OURS.token(header, CLAIMS));
  }

  private static String header(String more) {
    return "{\"alg\":\"RS256\"," + more + "}";
  }

  private static Vector claims(String what, String claims) {
    return new Vector(what, OURS.token(HEADER, claims));
  }

  private static String grants(String grants) {
    return "{\"sub\":\"ann\",\"grants\":" + grants + "}";
  }

  private static String swapped(String[] good) {
    return good[0] + "." + SignedTokens.part("{\"sub\":\"bob\"}") + "." + good[2];
  }

  private static String signed(String[] good, byte[] signature) {
    return good[0] + "." + good[1] + "." + SignedTokens.part(signature);
  }

  /** In the alphabet of plain base64, which differs in two letters; one is made to be there. */
  private static String plain(String[] good) {
    String claims = SignedTokens.part("{\"sub\":\"ann\",\"x\":\"\u00ff\u00fe>>>???\"}");
    String signed = good[0] + "." + claims;
    String token = signed + "." + SignedTokens.part(OURS.signature(signed, "SHA256withRSA"));
    return token.replace('-', '+').replace('_', '/');
  }
}
