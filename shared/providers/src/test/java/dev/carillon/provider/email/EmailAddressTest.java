package dev.carillon.provider.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.Content.Mailbox;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @ParameterizedTest
  @CsvSource({
    "ada@straße.example, ada@xn--strae-oqa.example",
    "ada@STRAẞE.example, ada@xn--strae-oqa.example",
    "ada@strasse.example, ada@strasse.example",
    "a@bücher.example, a@xn--bcher-kva.example",
    "a@BÜCHER.example, a@xn--bcher-kva.example",
    "a@bu\u0308cher.example, a@xn--bcher-kva.example",
    "a@βόλος.com, a@xn--nxasmm1c.com",
    "a@ΒΌΛΟΣ.com, a@xn--nxasmq6b.com",
    "a@例え。テスト, a@xn--r8jz45g.xn--zckzah",
    "a@ｅｘａｍｐｌｅ.com, a@example.com",
    "a@i❤.ws, a@xn--i-7iq.ws",
    "a@i❤\uFE0F.ws, a@xn--i-7iq.ws",
    "a@пример.испытание, a@xn--e1afmkfd.xn--80akhbyknj4f",
    "a@παράδειγμα.δοκιμή, a@xn--hxajbheg2az3al.xn--jxalpdlp",
    "A.B+c@Example.COM, A.B+c@Example.COM",
    "a..b.@docomo.example, a..b.@docomo.example"
  })
  void a_domain_is_mapped_without_transition(String address, String expected) {
    assertThat(ascii(address)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@نامه\u200Cای.com", // a joiner, which means something only beside some letters
        "a@a\u200Db.com",
        "a@İ.com",
        "a@Ꭰ.com",
        "a@ᾳ.com",
        "a@-ü.com",
        "a@ü-.com",
        "a@ab--ü.com",
        "a@\u0308u.com",
        "a@ü ü.com",
        "a@ü_ü.com",
        "a@a..com",
        "a@.com",
        "a@com.",
        "a@exa mple.com",
        "a@exam\u0000ple.com",
        "a@[127.0.0.1]",
        "ä@x.io",
        "a b@x.io",
        "a,b@x.io",
        "<a@x.io>",
        "a@x.io>",
        "@x.io",
        "a",
        ""
      })
  void what_is_no_address_or_has_two_meanings_is_unusable(String address) {
    assertThat(ascii(address)).isEmpty();
  }

  @Test
  void limits_are_those_of_smtp() {
    assertThat(ascii("a".repeat(64) + "@x.io")).isPresent();
    assertThat(ascii("a".repeat(65) + "@x.io")).isEmpty();
    assertThat(ascii("a@" + "x".repeat(63) + ".io")).isPresent();
    assertThat(ascii("a@" + "x".repeat(64) + ".io")).isEmpty();
    assertThat(ascii("a@" + "ü".repeat(200) + ".io")).isEmpty();
    assertThat(ascii("a".repeat(60) + "@" + ("x".repeat(60) + ".").repeat(3) + "io")).isPresent();
    assertThat(ascii("a".repeat(64) + "@" + ("x".repeat(62) + ".").repeat(3) + "io")).isEmpty();
    assertThat(ascii("\"john \\\" doe\"@x.io")).contains("\"john \\\" doe\"@x.io");
  }

  @Test
  void where_the_older_mapping_agrees_so_does_ours() {
    for (String domain :
        List.of(
            "bücher.example",
            "Ærø.dk",
            "東京.jp",
            "ไทย.com",
            "मराठी.com",
            "한국.kr",
            "città.it",
            "żółć.pl",
            "ümlaut-ñame.es",
            "عربي.com",
            "עברית.com",
            "ﬁsh.com",
            "Ⅷ.com",
            "㎏.com")) {
      assertThat(Idna.ascii(domain)).as(domain).contains(IDN.toASCII(domain));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Carillon           | "Carillon" <hello@x.io> | "Carillon" <hello@x.io>
          Ann "The" O'Brien  | "Ann \\"The\\" O'Brien" <hello@x.io> | "Ann \\"The\\" O'Brien" <hello@x.io>
          back\\slash        | "back\\\\slash" <hello@x.io> | "back\\\\slash" <hello@x.io>
          Bell, Book & Co    | "Bell, Book & Co" <hello@x.io> | "Bell, Book & Co" <hello@x.io>
          Söhne              | =?UTF-8?B?U8O2aG5l?= <hello@x.io> | "Söhne" <hello@x.io>
          `Söhne, "A"`       | =?UTF-8?B?U8O2aG5lLCAiQSI=?= <hello@x.io> | "Söhne, \\"A\\"" <hello@x.io>
          ` `                | hello@x.io | hello@x.io
          """)
  void a_name_is_quoted_and_where_it_is_not_ascii_encoded(
      String name, String encoded, String quoted) {
    EmailAddress address = usable(new Mailbox(Optional.of(name), "hello@x.io"));
    assertThat(address.encoded()).isEqualTo(encoded);
    assertThat(address.quoted()).isEqualTo(quoted);
  }

  @Test
  void a_name_is_one_line() {
    EmailAddress address =
        usable(new Mailbox(Optional.of(" a\r\nBcc: b\t\u2028c\u0000 \uD83E"), "hello@x.io"));
    assertThat(address.name()).contains("a Bcc: b c  \uFFFD");
  }

  @Test
  void a_long_name_becomes_several_encoded_words_none_of_which_cuts_a_character() {
    EmailAddress address = usable(new Mailbox(Optional.of("🦖".repeat(25)), "hello@x.io"));
    String encoded = address.encoded();
    String[] words = encoded.substring(0, encoded.indexOf(" <")).split(" ");
    assertThat(words).hasSize(3);
    var decoded = new StringBuilder();
    for (String word : words) {
      assertThat(word).hasSizeLessThanOrEqualTo(75).startsWith("=?UTF-8?B?").endsWith("?=");
      byte[] bytes = Base64.getDecoder().decode(word.substring(10, word.length() - 2));
      decoded.append(new String(bytes, StandardCharsets.UTF_8));
    }
    assertThat(decoded).hasToString("🦖".repeat(25));
  }

  @ParameterizedTest
  @CsvSource({
    "a@x.io, A@X.IO, true",
    "a@bücher.example, a@xn--bcher-kva.example, true",
    "a@x.io, <a@x.io>, true",
    "a@x.io, b@x.io, false",
    "a@x.io, '', false"
  })
  void spellings_of_one_address_are_the_same(String one, String other, boolean same) {
    assertThat(EmailAddress.same(one, other)).isEqualTo(same);
  }

  private static EmailAddress usable(Mailbox mailbox) {
    return ((EmailAddress.Reading.Usable) EmailAddress.of(mailbox)).address();
  }

  private static Optional<String> ascii(String address) {
    return switch (EmailAddress.of(new Mailbox(Optional.empty(), address))) {
      case EmailAddress.Reading.Usable(var usable) -> Optional.of(usable.address());
      case EmailAddress.Reading.Unusable(var reason) -> {
        assertThat(reason).isNotBlank();
        yield Optional.empty();
      }
    };
  }
}
