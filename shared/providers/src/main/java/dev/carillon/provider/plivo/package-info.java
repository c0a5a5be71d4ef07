/** Plivo: text messages. */
package dev.carillon.provider.plivo;
