/** What environments are set to, read strictly from calls and files, and the keys to them. */
package dev.carillon.setting;
