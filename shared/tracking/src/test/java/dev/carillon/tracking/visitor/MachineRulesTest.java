package dev.carillon.tracking.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineRulesTest {
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/131.0.0.0 Safari/537.36";

  private static Visitor judge(String method, Map<String, String> headers) {
    return MachineRules.judge(new RequestFacts(method, headers, Optional.empty()));
  }

  private static Visitor agent(String userAgent) {
    return judge("GET", Map.of("User-Agent", userAgent));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          IMAGE_PROXY  | Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)
          IMAGE_PROXY  | YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html
          IMAGE_PROXY  | Slack-ImgProxy (+https://api.slack.com/robots)
          IMAGE_PROXY  | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0
          MAIL_PRIVACY | Mozilla/5.0
          LINK_PREVIEW | Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)
          LINK_PREVIEW | Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)
          LINK_PREVIEW | TelegramBot (like TwitterBot)
          LINK_PREVIEW | WhatsApp/2.23.20.0
          LINK_PREVIEW | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0
          LINK_PREVIEW | Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5
          LINK_PREVIEW | MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview
          MAIL_SCANNER | Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 Chrome/114.0 Mobile Safari/537.36 (compatible; Google-Safety; +http://www.google.com/bot.html)
          MAIL_SCANNER | Barracuda Sentinel (EE)
          MAIL_SCANNER | Mozilla/5.0 (compatible; Barracuda Sentinel (EE))
          LINK_PREVIEW | GoogleMessages/20
          LINK_PREVIEW | ClickUpLinkUnfurler/1.0 (+https://clickup.com)
          AUTOMATION   | Mozilla/5.0 (compatible; Miniflux/2.0.x-dev; +https://miniflux.net)
          AUTOMATION   | Python/3.9 aiohttp/3.7.3
          AUTOMATION   | curl/8.5.0
          AUTOMATION   | python-requests/2.9.2
          AUTOMATION   | Go-http-client/1.1
          AUTOMATION   | Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
          AUTOMATION   | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/74.0.3729.169 Safari/537.36
          """)
  void a_machine_is_known_by_its_user_agent(MachineSign sign, String userAgent) {
    assertThat(agent(userAgent)).isEqualTo(new Visitor.Automaton(sign));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36
          Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1
          Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0
          Mozilla/5.0 (Linux; Android 11; CUBOT KINGKONG 5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36
          Mozilla/5.0 (Linux; Android 13; SM-G991B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile Safari/537.36 Instagram 300.0
          Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246
          Microsoft Office/16.0 (Microsoft Outlook Mail 16.0.5134; Pro)
          Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Thunderbird/128.3.1
          """)
  void whoever_bears_a_browsers_or_mail_programs_name_is_taken_for_a_person(String userAgent) {
    assertThat(agent(userAgent)).isEqualTo(new Visitor.Person());
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose, prefetch",
    "Sec-Purpose, prefetch;prerender",
    "Sec-Purpose, prefetch;anonymous-client-ip",
    "Purpose, prefetch",
    "X-Purpose, preview",
    "X-Moz, prefetch"
  })
  void a_browser_that_fetches_ahead_says_so(String header, String value) {
    var headers = new LinkedHashMap<>(Map.of("user-agent", CHROME));
    headers.put(header, value);
    assertThat(judge("GET", headers)).isEqualTo(new Visitor.Automaton(MachineSign.PREFETCH));
  }

  @Test
  void who_asks_for_the_headers_alone_is_no_person() {
    assertThat(judge("HEAD", Map.of("user-agent", CHROME)))
        .isEqualTo(new Visitor.Automaton(MachineSign.HEAD_REQUEST));
  }

  @Test
  void who_does_not_say_what_it_is_is_no_person() {
    var silent = new Visitor.Automaton(MachineSign.NO_USER_AGENT);
    assertThat(judge("GET", Map.of())).isEqualTo(silent);
    assertThat(agent("  ")).isEqualTo(silent);
  }

  @Test
  void every_rule_names_its_source_and_every_sign_has_a_rule() {
    assertThat(MachineRules.ALL).allSatisfy(rule -> assertThat(rule.source()).isNotBlank());
    assertThat(MachineRules.ALL).extracting(MachineRule::sign).contains(MachineSign.values());
  }
}
