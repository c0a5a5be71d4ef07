/** Sinch MessageMedia: text messages. */
package dev.carillon.provider.messagemedia;
