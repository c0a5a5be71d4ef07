/** WhatsApp. */
package dev.carillon.provider.whatsapp;
