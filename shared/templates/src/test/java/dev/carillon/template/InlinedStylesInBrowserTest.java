package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.bare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.template.render.Escaping;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mails as they are built in the field, before and after their styles were inlined, in Chromium:
 * every element has the same computed style, wide and narrow, light and dark, and what only other
 * mail clients read is there as before. {@code ./carillon mails DIR} does so with mails of others.
 */
class InlinedStylesInBrowserTest {
  private static final Path MAILS = Path.of("src/test/resources/mails");

  private static final Path COMPARISON = Path.of("src/test/resources/browser/compare-mails.js");

  /** Compares each pair at each width. */
  private static final String SCRIPT =
      """
      (async () => {
        let compared = 0;
        for (const pair of document.querySelectorAll(".pair")) {
          for (const width of [800, 375]) {
            const seen = await compareMails(
              pair.querySelector(".before").textContent, pair.querySelector(".after").textContent, width);
            for (const line of seen.lines) report.append(`${pair.id} ${width}: ${line}\n`);
            compared += seen.compared;
          }
        }
        report.append((matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")
          + " compared " + compared);
        document.title = "done";
      })();
      """;

  @TempDir Path folder;

  @Test
  void every_element_looks_the_same_before_and_after() throws Exception {
    Optional<Path> browser = chromium();
    assumeTrue(
        browser.isPresent(), "There is no Chromium on this machine; install it to run this.");
    List<Path> mails;
    try (Stream<Path> files = Files.list(MAILS)) {
      mails = files.sorted().toList();
    }
    assertThat(mails).hasSizeGreaterThanOrEqualTo(30);
    Path page = folder.resolve("pairs.html");
    Files.writeString(page, page(mails));
    for (var scheme : List.of("light", "dark")) {
      String report = report(browser.get(), page, scheme);
      assertThat(report.lines().toList())
          .as(scheme)
          .last()
          .asString()
          .startsWith(scheme + " compared ");
      assertThat(report.lines().filter(line -> !line.startsWith(scheme)).limit(30).toList())
          .as(scheme)
          .isEmpty();
    }
  }

  private static String page(List<Path> mails) throws IOException {
    var page = new StringBuilder("<!doctype html><html><body><pre id=\"report\"></pre>");
    for (Path mail : mails) {
      String source = Files.readString(mail);
      page.append("<div class=\"pair\" hidden id=\"").append(mail.getFileName()).append("\">");
      escaped("before", source, page);
      escaped("after", bare(source).html(), page);
      page.append("</div>");
    }
    return page.append("<script>")
        .append("const report = document.getElementById('report');")
        .append(Files.readString(COMPARISON))
        .append(SCRIPT)
        .append("</script></body></html>")
        .toString();
  }

  private static void escaped(String name, String html, StringBuilder page) {
    page.append("<span class=\"").append(name).append("\">");
    Escaping.HTML.append(html, page);
    page.append("</span>");
  }

  private String report(Path browser, Path page, String scheme) throws Exception {
    var process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile-" + scheme),
                "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1),
                "--virtual-time-budget=60000",
                "--dump-dom",
                page.toUri().toString())
            .redirectError(folder.resolve("browser.log").toFile())
            .start();
    var dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Jsoup.parse(dom).getElementById("report").wholeText().strip();
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            place ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
