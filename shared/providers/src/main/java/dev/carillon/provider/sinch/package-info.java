/** Sinch: text messages. */
package dev.carillon.provider.sinch;
