/** What the providers of chat channels share: Markdown in their dialects, and incoming webhooks. */
package dev.carillon.provider.chat;
