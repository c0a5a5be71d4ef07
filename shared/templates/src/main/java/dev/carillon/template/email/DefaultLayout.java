package dev.carillon.template.email;

import dev.carillon.json.Json;

/** The layout of environments that have none of their own. */
public final class DefaultLayout {
  private static final String HTML =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <style>
      body { margin: 0; padding: 0; background-color: #f4f4f6; }
      .frame { background-color: #f4f4f6; padding: 24px 12px; }
      .card { max-width: 560px; margin: 0 auto; padding: 32px; background-color: #ffffff; border-radius: 8px; color: #1d1d26; font-family: -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; font-size: 16px; line-height: 1.5; }
      .card h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.25; }
      .card h2 { margin: 24px 0 12px; font-size: 20px; line-height: 1.3; }
      .card p { margin: 0 0 16px; }
      .card a { color: #3d4bd8; }
      .card blockquote { margin: 0 0 16px; padding: 0 0 0 16px; border-left: 3px solid #d8d8e0; color: #55556a; }
      .card img { max-width: 100%; }
      .footer { max-width: 560px; margin: 16px auto 0; color: #77778a; font-family: -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; font-size: 13px; text-align: center; }
      .footer a { color: #77778a; }
      @media (prefers-color-scheme: dark) {
        body, .frame { background-color: #16161d !important; }
        .card { background-color: #22222c !important; color: #ececf2 !important; }
      }
      </style>
      {{#if vars.branding.primary_color}}<style>
      .card { border-top: 4px solid {{vars.branding.primary_color}}; }
      .card a { color: {{vars.branding.primary_color}}; }
      </style>{{/if}}
      </head>
      <body>
      {{#if preview_text}}<div style="display:none;max-height:0;overflow:hidden">{{preview_text}}</div>{{/if}}
      <div class="frame">
      <div class="card">
      {{#if vars.branding.logo_url}}<p><img src="{{vars.branding.logo_url}}" alt="{{tenant.name}}" height="40" style="border: 0; height: 40px;"></p>{{/if}}
      {{{content}}}
      </div>
      {{#if footer_links}}<div class="footer">{{#each footer_links}}{{#unless @first}} &middot; {{/unless}}<a href="{{url}}">{{text}}</a>{{/each}}</div>{{/if}}
      </div>
      </body>
      </html>
      """;

  private static final String TEXT =
      """
      {{{content}}}
      {{#if footer_links}}

      --
      {{#each footer_links}}
      {{text}}: {{url}}
      {{/each}}
      {{/if}}
      """;

  /** As a project would give it. */
  public static final Json.Obj LAYOUT =
      Json.object().with("html_layout", HTML).with("text_layout", TEXT);

  private DefaultLayout() {}
}
