package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.bare;
import static dev.carillon.template.GivenTemplates.email;
import static dev.carillon.template.GivenTemplates.library;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.none;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an email's HTML on its way out. */
class EmailOutputTest {
  private static final Json.Obj NO_LAYOUT = object("layout_key", null);

  private static Templates layouts(String html, String text) {
    return library(
        object(
            "plain",
            object(
                "html_layout", html,
                "text_layout", text,
                "footer_links",
                    list(object("text", "Tom & Jerry", "url", "https://x.test/?a=1&b=2")))),
        Json.Obj.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a xlink:href=\"URL\">x</a>",
        "<svg><a xlink:href=\"URL\"><text>x</text></a></svg>",
        "<object data=\"URL\"></object>",
        "<button formaction=\"URL\">x</button>",
        "<form action=\"URL\"></form>",
        "<base href=\"URL\">",
        "<link rel=\"stylesheet\" href=\"URL\">",
        "<iframe src=\"URL\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<video poster=\"URL\"></video>",
        "<img srcset=\"https://x.test/a.png 1x, URL 2x\">",
        "<object><param name=\"src\" value=\"URL\"></object>",
        "<applet code=\"URL\"></applet>",
        "<q cite=\"URL\">x</q>",
        "<meta http-equiv=\"refresh\" content=\"0; url=URL\">",
        "<svg><animate attributeName=\"href\" values=\"x;URL\"/></svg>",
        "<svg><set attributeName=\"href\" to=\"URL\"/></svg>",
        "<A HREF=\"URL\">x</A>",
      })
  void no_attribute_leads_to_a_script(String html) {
    for (String url :
        List.of("javascript:alert(1)", " JaVa\tScript:alert(1)", "data:text/html,x")) {
      for (String around :
          List.of("%s", "<!doctype html><html><head>%s</head><body>%<s</body></html>")) {
        String out = bare(around.formatted(html.replace("URL", url))).html();
        assertThat(out.replaceAll("\\s", "").toLowerCase(java.util.Locale.ROOT))
            .as(out)
            .doesNotContain("alert", "data:text");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<![if !mso]><p>x</p><![endif]>",
        "<!--[if mso]><p>Outlook</p><![endif]--><p>x</p>",
        "<!--[if !mso]><!--><p>x</p><!--<![endif]-->",
        "<!--[if mso]><![if gte mso 9]>x<![endif]><p>y</p><![endif]--><p>x</p>",
        "<script type=\"application/ld+json\">{\"@context\":"
            + " \"https://schema.org\"}</script><p>x</p>",
        "<title>t</title><meta name=\"m\" content=\"c\"><p>x</p>",
        "text first <b>x</b>",
      })
  void a_fragment_keeps_what_it_begins_with(String html) {
    assertThat(bare(html).html()).isEqualTo(html);
  }

  @Test
  void a_document_keeps_what_speaks_to_some_clients_only() {
    String html =
        "<!doctype html><html><head><![if !mso]><meta name=\"a\""
            + " content=\"b\"><![endif]></head><body><table><tbody><tr><![if"
            + " !mso]><td>x</td><![endif]></tr></tbody></table></body></html>";
    assertThat(bare(html).html()).isEqualTo(html);
  }

  @Test
  void a_preview_text_is_printed_though_nothing_asks_for_it() {
    String hidden = "<div style=\"display:none;max-height:0;overflow:hidden\">1 &lt; 2 Ö</div>";
    var settings = object("layout_key", null, "preview_text", "1 < {{n}} Ö");
    assertThat(
            email(
                    none(),
                    object("subject", "s", "html_body", "<p>x</p>", "settings", settings),
                    scope("n", 2))
                .html())
        .isEqualTo(hidden + "<p>x</p>");
    assertThat(
            email(
                    none(),
                    object(
                        "subject",
                        "s",
                        "html_body",
                        "<!doctype html><html><head></head><body class=\"b\">x</body></html>",
                        "settings",
                        settings),
                    scope("n", 2))
                .html())
        .isEqualTo(
            "<!doctype html><html><head></head><body class=\"b\">" + hidden + "x</body></html>");
    assertThat(
            email(
                    layouts("<i>l</i>{{content}}", "{{content}}"),
                    object(
                        "subject",
                        "s",
                        "html_body",
                        "<p>x</p>",
                        "settings",
                        object("layout_key", "plain", "preview_text", "1 < {{n}} Ö")),
                    scope("n", 2))
                .html())
        .isEqualTo("<i>l</i>" + hidden + "<p>x</p>");
    assertThat(
            email(
                    none(),
                    object(
                        "subject",
                        "s",
                        "html_body",
                        "<b>{{preview_text}}</b>",
                        "settings",
                        settings),
                    scope("n", 2))
                .html())
        .isEqualTo("<b>1 &lt; 2 Ö</b>");
  }

  @Test
  void what_a_class_of_the_layout_hides_stays_out_of_the_text() {
    var templates =
        layouts(
            "<html><head><style>.preheader { display: none !important }</style></head><body>"
                + "<table><tr><td>{{content}}</td></tr></table></body></html>",
            "{{content}}\n--");
    var template =
        object(
            "subject", "s",
            "html_body", "<span class=\"preheader\">peek</span><p>Hello</p>",
            "settings", object("layout_key", "plain"));
    var email = email(templates, template, scope());
    assertThat(email.text()).isEqualTo("Hello\n--\n");
    assertThat(email.html()).contains("<td><span class=\"preheader\"");
  }

  private static String button(Json.Obj style, Json.Obj branding, String variant) {
    var template =
        object(
            "subject",
            "s",
            "settings",
            NO_LAYOUT,
            "visual_blocks",
            list(
                object(
                    "type",
                    "button_set",
                    "buttons",
                    list(
                        object(
                            "label",
                            "Go",
                            "action",
                            "https://x.test",
                            "variant",
                            variant,
                            "style_attrs",
                            style)))));
    return Jsoup.parse(email(none(), template, scope("vars", object("branding", branding))).html())
        .selectFirst("a")
        .attr("style");
  }

  @Test
  void a_layout_lays_its_branding_over_the_tenants() {
    Json.Obj layout =
        object(
            "html_layout",
            "{{vars.branding.primary_color}} {{vars.branding.logo_url}} {{vars.app}} {{content}}",
            "text_layout",
            "",
            "branding_overrides",
            object("primary_color", "#abcdef", "logo_url", null));
    Json.Obj template =
        object(
            "subject",
            "{{vars.branding.primary_color}}",
            "html_body",
            "<p>{{vars.branding.primary_color}}</p>",
            "settings",
            object("layout_key", "own"));
    Json.Obj branding = object("primary_color", "#123456", "logo_url", "https://l");
    var email =
        email(
            library(object("own", layout), object()),
            template,
            scope("vars", object("branding", branding, "app", "A")));
    assertThat(email.subject()).isEqualTo("#abcdef");
    assertThat(email.html()).isEqualTo("#abcdef https://l A <p>#abcdef</p>");
  }

  @Test
  void buttons_take_their_colours_from_the_branding() {
    Json.Obj branding = object("primary_color", "#123456", "primary_color_contrast", "#fedcba");
    assertThat(
            button(
                object("background_color", "primary_color", "text_color", "primary_color_contrast"),
                branding,
                "solid"))
        .contains(" color: #fedcba;", "background-color: #123456;", "solid #123456");
    assertThat(button(object(), branding, "solid"))
        .contains(" color: #fedcba;", "background-color: #123456;");
    assertThat(button(object(), branding, "outline"))
        .contains(" color: #123456;", "background-color: transparent;", "solid #123456");
    assertThat(button(object("background_color", "#00ff00"), branding, "solid"))
        .contains(" color: #ffffff;", "background-color: #00ff00;");
    assertThat(button(object("background_color", "primary_color"), object(), "solid"))
        .contains("background-color: #1d1d26;");
    assertThat(button(object(), object("primary_color", "red; position: fixed"), "solid"))
        .contains("background-color: #1d1d26;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          background_color | blurple              | colour
          text_color       | #12345               | colour
          border_color     | rgb(1,2,3); x        | colour
          text_color       | url(https://x.test)  | colour
          background_color | primary_colour       | colour
          border_width     | wide                 | length
          border_radius    | 6 px                 | length
          border_radius    | -3px                 | length
          """)
  void a_style_of_a_button_that_is_none_is_refused(String name, String value, String what) {
    var problems =
        none()
            .email(
                object(
                    "subject",
                    "s",
                    "visual_blocks",
                    list(
                        object(
                            "type",
                            "button_set",
                            "buttons",
                            list(
                                object(
                                    "label", "Go",
                                    "action", "https://x.test",
                                    "style_attrs", object(name, value)))))))
            .problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().field())
        .isEqualTo("visual_blocks[0].buttons[0].style_attrs." + name);
    assertThat(problems.getFirst().reason()).startsWith("it must be a " + what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"teal", "#1D1d26", "#fff", "#ffff", "rgb(1, 2, 3)", "hsla(120deg 50% 50% / .5)"})
  void a_button_takes_any_colour_of_css_and_none_that_a_variable_makes_up(String color) {
    assertThat(button(object("background_color", color), object(), "solid"))
        .contains("background-color: " + color + ";");
    assertThat(
            button(object("background_color", "{{vars.branding.x}}"), object("x", color), "solid"))
        .contains("background-color: " + color + ";");
    assertThat(
            button(object("background_color", "{{vars.branding.x}}"), object("x", "no"), "solid"))
        .contains("background-color: #1d1d26;");
  }

  @Test
  void the_default_layout_shows_the_branding() {
    var template = object("subject", "s", "html_body", "<p>x <a href=\"https://x.test\">y</a></p>");
    var branded =
        Jsoup.parse(
            email(
                    none(),
                    template,
                    scope(
                        "vars",
                        object(
                            "branding",
                            object(
                                "primary_color", "#123456", "logo_url", "https://x.test/l.png"))))
                .html());
    assertThat(branded.selectFirst(".card").attr("style")).contains("4px solid #123456");
    assertThat(branded.selectFirst("a").attr("style")).contains("color: #123456");
    assertThat(branded.selectFirst("img").attr("src")).isEqualTo("https://x.test/l.png");
    var plain = Jsoup.parse(email(none(), template, scope()).html());
    assertThat(plain.selectFirst(".card").attr("style")).doesNotContain("border-top");
    assertThat(plain.select("img")).isEmpty();
  }
}
