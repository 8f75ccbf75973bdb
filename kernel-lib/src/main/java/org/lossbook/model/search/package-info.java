/**
 * Search for good settings: a space of them, ways to walk through it, and what was found. Floor 3,
 * above model, of which it uses what everybody may.
 */
package org.lossbook.model.search;
