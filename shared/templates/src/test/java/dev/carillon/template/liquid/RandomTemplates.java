package dev.carillon.template.liquid;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Templates made by chance from what Liquid has; the same seed gives the same ones. */
final class RandomTemplates {
  private static final List<String> VARIABLES =
      List.of(
          "title",
          "name",
          "empty_text",
          "blank_text",
          "count",
          "one",
          "price",
          "neg",
          "zero",
          "big",
          "yes",
          "no",
          "nothing",
          "num_text",
          "float_text",
          "words",
          "unicode",
          "html",
          "date",
          "day",
          "stamp",
          "list",
          "names",
          "mixed",
          "none",
          "users",
          "user",
          "nested",
          "nothing_in",
          "tags",
          "lines",
          "url",
          "missing",
          "pairs",
          "deep_list",
          "quote",
          "entities",
          "user.name",
          "users[0].name",
          "users[1].age",
          "users.first.address.city",
          "users.last.address",
          "nested.a.b.c",
          "nested['a'].b",
          "list[0]",
          "list[-1]",
          "list.size",
          "names.first",
          "names[index]",
          "user[key]",
          "x",
          "y",
          "i",
          "forloop.index",
          "forloop.last",
          "i.name",
          "i[0]",
          "user.missing.deeper",
          "mixed[6]",
          "pairs[1][0]",
          "users.size",
          "name.size");

  private static final List<String> LITERALS =
      List.of(
          "1",
          "2",
          "3",
          "0",
          "-1",
          "10",
          "2.5",
          "'a'",
          "\"b\"",
          "'alice'",
          "'name'",
          "''",
          "' '",
          "','",
          "true",
          "false",
          "'42'",
          "'age'",
          "(1..3)",
          "(0..count)");

  /** Those that stand for nothing; as JSON they are something else here than in liquidjs. */
  private static final List<String> MARKS = List.of("nil", "empty", "blank");

  private static final List<String> LISTS =
      List.of(
          "list",
          "names",
          "mixed",
          "none",
          "users",
          "(1..4)",
          "user",
          "pairs",
          "deep_list",
          "x",
          "missing",
          "(count..5)",
          "tags",
          "nothing");

  private static final List<String> SIGNS =
      List.of("==", "!=", "<", ">", "<=", ">=", "contains", "and", "or");

  /** Each with how many arguments it is given at least and at most. */
  private record Filtering(String name, int least, int most) {}

  private static final List<Filtering> FILTERS =
      Pattern.compile(",\\s+")
          .splitAsStream(
              """
              append 1 1, prepend 1 1, upcase 0 0, downcase 0 0, capitalize 0 0, strip 0 0,
              lstrip 0 0, rstrip 0 0, strip_newlines 0 0, normalize_whitespace 0 0, squish 0 0,
              replace 2 2, replace_first 2 2, replace_last 2 2, remove 1 1, remove_first 1 1,
              remove_last 1 1, split 1 1, truncate 0 2, truncatewords 0 2, number_of_words 0 0,
              array_to_sentence_string 0 1, escape 0 0, escape_once 0 0, xml_escape 0 0,
              newline_to_br 0 0, strip_html 0 0, url_encode 0 0, cgi_escape 0 0, uri_escape 0 0,
              slugify 0 0, base64_encode 0 0, sha256 0 0, hmac_sha256 1 1, abs 0 0, ceil 0 0,
              floor 0 0, plus 1 1, minus 1 1, times 1 1, divided_by 1 2, modulo 1 1,
              at_least 1 1, at_most 1 1, round 0 1, to_integer 0 0, join 0 1, first 0 0,
              last 0 0, size 0 0, reverse 0 0, compact 0 0, concat 0 1, push 1 1, unshift 1 1,
              pop 0 0, shift 0 0, slice 1 2, map 1 1, sum 0 1, sort 0 1, sort_natural 0 1,
              uniq 0 0, where 1 2, reject 1 2, find 1 2, find_index 1 2, has 1 2, group_by 1 1,
              default 1 1, raw 0 0, json 0 1, inspect 0 0, date 0 1, date_to_xmlschema 0 0,
              date_to_string 0 0\
              """)
          .map(row -> row.split(" "))
          .map(row -> new Filtering(row[0], Integer.parseInt(row[1]), Integer.parseInt(row[2])))
          .toList();

  private final Random random;

  RandomTemplates(long seed) {
    this.random = new Random(seed);
  }

  String next() {
    var out = new StringBuilder();
    int parts = 1 + random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      part(out, 0);
    }
    return out.toString();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String open(String tag) {
    return (chance(15) ? "{%- " : "{% ") + tag + (chance(15) ? " -%}" : " %}");
  }

  private void body(StringBuilder out, int depth) {
    for (int i = 0; i <= random.nextInt(2); i++) {
      part(out, depth + 1);
    }
  }

  private void part(StringBuilder out, int depth) {
    int kind = random.nextInt(depth > 2 ? 55 : 100);
    if (kind < 15) {
      out.append(one(List.of("text ", " a\n b ", "\n", "<p>é</p>", " ", "; ")));
    } else if (kind < 45) {
      out.append(chance(15) ? "{{- " : "{{ ")
          .append(filtered())
          .append(chance(15) ? " -}}" : " }}");
    } else if (kind < 55) {
      small(out);
    } else if (kind < 70) {
      choice(out, depth);
    } else if (kind < 85) {
      loop(out, depth);
    } else if (kind < 90) {
      match(out, depth);
    } else if (kind < 95) {
      out.append(open("capture " + one(List.of("x", "y"))));
      body(out, depth);
      out.append(open("endcapture"));
    } else {
      out.append(
          one(
              List.of(
                  "{% render 'card', title: " + value() + ", count: " + value() + " %}",
                  "{% render 'item' for " + one(LISTS) + " as u %}",
                  "{% render 'scope', name: " + value() + " %}",
                  "{% raw %}{{ raw }}{% endraw %}",
                  "{% comment %}{{ hidden }}{% endcomment %}")));
    }
  }

  private void small(StringBuilder out) {
    out.append(
        switch (random.nextInt(7)) {
          case 0, 1, 2 -> open("assign " + one(List.of("x", "y")) + " = " + filtered());
          case 3 -> open("increment " + one(List.of("n", "count")));
          case 4 -> open("decrement n");
          case 5 -> open("cycle " + value() + ", " + value());
          default -> open("echo " + filtered());
        });
  }

  private void choice(StringBuilder out, int depth) {
    String name = one(List.of("if", "unless"));
    out.append(open(name + " " + condition()));
    body(out, depth);
    if (chance(30)) {
      out.append(open("elsif " + condition()));
      body(out, depth);
    }
    if (chance(40)) {
      out.append(open("else"));
      body(out, depth);
    }
    out.append(open("end" + name));
  }

  private void loop(StringBuilder out, int depth) {
    String name = chance(80) ? "for" : "tablerow";
    var head = new StringBuilder(name + " i in " + one(LISTS));
    if (chance(30)) {
      head.append(" limit:").append(one(List.of("2", "count", "0", "10")));
    }
    if (chance(30)) {
      head.append(" offset:").append(one(List.of("1", "one", "zero")));
    }
    if (name.equals("for") && chance(25)) {
      head.append(" reversed");
    }
    if (name.equals("tablerow") && chance(50)) {
      head.append(" cols:2");
    }
    out.append(open(head.toString()));
    body(out, depth);
    if (name.equals("for") && chance(15)) {
      out.append(open("if " + condition())).append(open(one(List.of("break", "continue"))));
      out.append(open("endif"));
      body(out, depth);
    }
    if (name.equals("for") && chance(20)) {
      out.append(open("else"));
      body(out, depth);
    }
    out.append(open("end" + name));
  }

  private void match(StringBuilder out, int depth) {
    out.append(open("case " + value()));
    for (int i = 0; i < 2; i++) {
      out.append(
          open("when " + value() + (chance(40) ? one(List.of(", ", " or ")) + value() : "")));
      body(out, depth);
    }
    if (chance(50)) {
      out.append(open("else"));
      body(out, depth);
    }
    out.append(open("endcase"));
  }

  private String value() {
    return chance(65) ? one(VARIABLES) : one(LITERALS);
  }

  private String condition() {
    var out = new StringBuilder(chance(10) ? "not " : "").append(value());
    int more = random.nextInt(3);
    for (int i = 0; i < more; i++) {
      out.append(' ').append(one(SIGNS)).append(' ').append(chance(15) ? one(MARKS) : value());
    }
    return out.toString();
  }

  private String filtered() {
    var out = new StringBuilder(chance(10) ? condition() : value());
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Filtering filter = one(FILTERS);
      int arguments = filter.least() + random.nextInt(filter.most() - filter.least() + 1);
      var given = new ArrayList<String>();
      for (int j = 0; j < arguments; j++) {
        given.add(argument(filter.name(), j));
      }
      out.append(" | ").append(filter.name()).append(given.isEmpty() ? "" : ": ");
      out.append(String.join(", ", given));
    }
    return out.toString();
  }

  /** One that makes sense, most of the time. */
  private String argument(String filter, int index) {
    if (chance(15)) {
      return value();
    }
    return switch (filter) {
      case "map",
          "sum",
          "sort",
          "sort_natural",
          "group_by",
          "where",
          "reject",
          "find",
          "find_index",
          "has" ->
          index == 0
              ? one(List.of("'name'", "'age'", "'address.city'", "'size'", "'id'"))
              : value();
      case "plus",
          "minus",
          "times",
          "divided_by",
          "modulo",
          "at_least",
          "at_most",
          "truncatewords" ->
          one(List.of("1", "2", "3", "0", "-2", "1.5", "count", "price"));
      case "slice", "truncate", "round" -> one(List.of("0", "1", "2", "5", "-2", "count"));
      case "split", "join", "remove", "replace" -> one(List.of("','", "' '", "'a'", "''", "'li'"));
      case "date" -> one(List.of("'%Y-%m-%d'", "'%b %e, %H:%M'", "'%s'", "'%A %-d. %B'"));
      case "json" -> one(List.of("2", "0"));
      default -> value();
    };
  }
}
