/** Texts in the recipient's language: catalogs, plural forms, gettext files. */
package dev.carillon.template.translation;
