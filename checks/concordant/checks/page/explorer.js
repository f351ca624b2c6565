"use strict";(()=>{var at=Object.defineProperty;var lt=Object.getOwnPropertyDescriptor;var p=(r,t,e,s)=>{for(var n=s>1?void 0:s?lt(t,e):t,i=r.length-1,o;i>=0;i--)(o=r[i])&&(n=(s?o(t,e,n):o(n))||n);return s&&n&&at(t,e,n),n};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ie=globalThis,oe=ie.ShadowRoot&&(ie.ShadyCSS===void 0||ie.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ce=Symbol(),Ce=new WeakMap,X=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==ce)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(oe&&t===void 0){let s=e!==void 0&&e.length===1;s&&(t=Ce.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&Ce.set(e,t))}return t}toString(){return this.cssText}},Re=r=>new X(typeof r=="string"?r:r+"",void 0,ce),y=(r,...t)=>{let e=r.length===1?r[0]:t.reduce((s,n,i)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+r[i+1],r[0]);return new X(e,r,ce)},Pe=(r,t)=>{if(oe)r.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let s=document.createElement("style"),n=ie.litNonce;n!==void 0&&s.setAttribute("nonce",n),s.textContent=e.cssText,r.appendChild(s)}},de=oe?r=>r:r=>r instanceof CSSStyleSheet?(t=>{let e="";for(let s of t.cssRules)e+=s.cssText;return Re(e)})(r):r;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:ht,defineProperty:ct,getOwnPropertyDescriptor:dt,getOwnPropertyNames:pt,getOwnPropertySymbols:ut,getPrototypeOf:mt}=Object,ae=globalThis,Me=ae.trustedTypes,ft=Me?Me.emptyScript:"",gt=ae.reactiveElementPolyfillSupport,Z=(r,t)=>r,Q={toAttribute(r,t){switch(t){case Boolean:r=r?ft:null;break;case Object:case Array:r=r==null?r:JSON.stringify(r)}return r},fromAttribute(r,t){let e=r;switch(t){case Boolean:e=r!==null;break;case Number:e=r===null?null:Number(r);break;case Object:case Array:try{e=JSON.parse(r)}catch{e=null}}return e}},le=(r,t)=>!ht(r,t),Oe={attribute:!0,type:String,converter:Q,reflect:!1,useDefault:!1,hasChanged:le};Symbol.metadata??=Symbol("metadata"),ae.litPropertyMetadata??=new WeakMap;var T=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=Oe){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let s=Symbol(),n=this.getPropertyDescriptor(t,s,e);n!==void 0&&ct(this.prototype,t,n)}}static getPropertyDescriptor(t,e,s){let{get:n,set:i}=dt(this.prototype,t)??{get(){return this[e]},set(o){this[e]=o}};return{get:n,set(o){let h=n?.call(this);i?.call(this,o),this.requestUpdate(t,h,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??Oe}static _$Ei(){if(this.hasOwnProperty(Z("elementProperties")))return;let t=mt(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(Z("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(Z("properties"))){let e=this.properties,s=[...pt(e),...ut(e)];for(let n of s)this.createProperty(n,e[n])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[s,n]of e)this.elementProperties.set(s,n)}this._$Eh=new Map;for(let[e,s]of this.elementProperties){let n=this._$Eu(e,s);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let s=new Set(t.flat(1/0).reverse());for(let n of s)e.unshift(de(n))}else t!==void 0&&e.push(de(t));return e}static _$Eu(t,e){let s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Pe(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){let s=this.constructor.elementProperties.get(t),n=this.constructor._$Eu(t,s);if(n!==void 0&&s.reflect===!0){let i=(s.converter?.toAttribute!==void 0?s.converter:Q).toAttribute(e,s.type);this._$Em=t,i==null?this.removeAttribute(n):this.setAttribute(n,i),this._$Em=null}}_$AK(t,e){let s=this.constructor,n=s._$Eh.get(t);if(n!==void 0&&this._$Em!==n){let i=s.getPropertyOptions(n),o=typeof i.converter=="function"?{fromAttribute:i.converter}:i.converter?.fromAttribute!==void 0?i.converter:Q;this._$Em=n;let h=o.fromAttribute(e,i.type);this[n]=h??this._$Ej?.get(n)??h,this._$Em=null}}requestUpdate(t,e,s,n=!1,i){if(t!==void 0){let o=this.constructor;if(n===!1&&(i=this[t]),s??=o.getPropertyOptions(t),!((s.hasChanged??le)(i,e)||s.useDefault&&s.reflect&&i===this._$Ej?.get(t)&&!this.hasAttribute(o._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:n,wrapped:i},o){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,o??e??this[t]),i!==!0||o!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),n===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[n,i]of this._$Ep)this[n]=i;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[n,i]of s){let{wrapped:o}=i,h=this[n];o!==!0||this._$AL.has(n)||h===void 0||this.C(n,void 0,i,h)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};T.elementStyles=[],T.shadowRootOptions={mode:"open"},T[Z("elementProperties")]=new Map,T[Z("finalized")]=new Map,gt?.({ReactiveElement:T}),(ae.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ve=globalThis,Ne=r=>r,he=ve.trustedTypes,He=he?he.createPolicy("lit-html",{createHTML:r=>r}):void 0,Ie="$lit$",O=`lit$${Math.random().toFixed(9).slice(2)}$`,qe="?"+O,$t=`<${qe}>`,I=document,ee=()=>I.createComment(""),te=r=>r===null||typeof r!="object"&&typeof r!="function",be=Array.isArray,vt=r=>be(r)||typeof r?.[Symbol.iterator]=="function",pe=`[ 	
\f\r]`,V=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Le=/-->/g,je=/>/g,z=RegExp(`>|${pe}(?:([^\\s"'>=/]+)(${pe}*=${pe}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Ue=/'/g,ze=/"/g,Be=/^(?:script|style|textarea|title)$/i,ye=r=>(t,...e)=>({_$litType$:r,strings:t,values:e}),a=ye(1),x=ye(2),zt=ye(3),q=Symbol.for("lit-noChange"),c=Symbol.for("lit-nothing"),De=new WeakMap,D=I.createTreeWalker(I,129);function We(r,t){if(!be(r)||!r.hasOwnProperty("raw"))throw Error("invalid template strings array");return He!==void 0?He.createHTML(t):t}var bt=(r,t)=>{let e=r.length-1,s=[],n,i=t===2?"<svg>":t===3?"<math>":"",o=V;for(let h=0;h<e;h++){let l=r[h],d,u,m=-1,v=0;for(;v<l.length&&(o.lastIndex=v,u=o.exec(l),u!==null);)v=o.lastIndex,o===V?u[1]==="!--"?o=Le:u[1]!==void 0?o=je:u[2]!==void 0?(Be.test(u[2])&&(n=RegExp("</"+u[2],"g")),o=z):u[3]!==void 0&&(o=z):o===z?u[0]===">"?(o=n??V,m=-1):u[1]===void 0?m=-2:(m=o.lastIndex-u[2].length,d=u[1],o=u[3]===void 0?z:u[3]==='"'?ze:Ue):o===ze||o===Ue?o=z:o===Le||o===je?o=V:(o=z,n=void 0);let k=o===z&&r[h+1].startsWith("/>")?" ":"";i+=o===V?l+$t:m>=0?(s.push(d),l.slice(0,m)+Ie+l.slice(m)+O+k):l+O+(m===-2?h:k)}return[We(r,i+(r[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]},se=class r{constructor({strings:t,_$litType$:e},s){let n;this.parts=[];let i=0,o=0,h=t.length-1,l=this.parts,[d,u]=bt(t,e);if(this.el=r.createElement(d,s),D.currentNode=this.el.content,e===2||e===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(n=D.nextNode())!==null&&l.length<h;){if(n.nodeType===1){if(n.hasAttributes())for(let m of n.getAttributeNames())if(m.endsWith(Ie)){let v=u[o++],k=n.getAttribute(m).split(O),S=/([.?@])?(.*)/.exec(v);l.push({type:1,index:i,name:S[2],strings:k,ctor:S[1]==="."?me:S[1]==="?"?fe:S[1]==="@"?ge:G}),n.removeAttribute(m)}else m.startsWith(O)&&(l.push({type:6,index:i}),n.removeAttribute(m));if(Be.test(n.tagName)){let m=n.textContent.split(O),v=m.length-1;if(v>0){n.textContent=he?he.emptyScript:"";for(let k=0;k<v;k++)n.append(m[k],ee()),D.nextNode(),l.push({type:2,index:++i});n.append(m[v],ee())}}}else if(n.nodeType===8)if(n.data===qe)l.push({type:2,index:i});else{let m=-1;for(;(m=n.data.indexOf(O,m+1))!==-1;)l.push({type:7,index:i}),m+=O.length-1}i++}}static createElement(t,e){let s=I.createElement("template");return s.innerHTML=t,s}};function K(r,t,e=r,s){if(t===q)return t;let n=s!==void 0?e._$Co?.[s]:e._$Cl,i=te(t)?void 0:t._$litDirective$;return n?.constructor!==i&&(n?._$AO?.(!1),i===void 0?n=void 0:(n=new i(r),n._$AT(r,e,s)),s!==void 0?(e._$Co??=[])[s]=n:e._$Cl=n),n!==void 0&&(t=K(r,n._$AS(r,t.values),n,s)),t}var ue=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:s}=this._$AD,n=(t?.creationScope??I).importNode(e,!0);D.currentNode=n;let i=D.nextNode(),o=0,h=0,l=s[0];for(;l!==void 0;){if(o===l.index){let d;l.type===2?d=new ne(i,i.nextSibling,this,t):l.type===1?d=new l.ctor(i,l.name,l.strings,this,t):l.type===6&&(d=new $e(i,this,t)),this._$AV.push(d),l=s[++h]}o!==l?.index&&(i=D.nextNode(),o++)}return D.currentNode=I,n}p(t){let e=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}},ne=class r{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,n){this.type=2,this._$AH=c,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=K(this,t,e),te(t)?t===c||t==null||t===""?(this._$AH!==c&&this._$AR(),this._$AH=c):t!==this._$AH&&t!==q&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):vt(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==c&&te(this._$AH)?this._$AA.nextSibling.data=t:this.T(I.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:s}=t,n=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=se.createElement(We(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===n)this._$AH.p(e);else{let i=new ue(n,this),o=i.u(this.options);i.p(e),this.T(o),this._$AH=i}}_$AC(t){let e=De.get(t.strings);return e===void 0&&De.set(t.strings,e=new se(t)),e}k(t){be(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,s,n=0;for(let i of t)n===e.length?e.push(s=new r(this.O(ee()),this.O(ee()),this,this.options)):s=e[n],s._$AI(i),n++;n<e.length&&(this._$AR(s&&s._$AB.nextSibling,n),e.length=n)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let s=Ne(t).nextSibling;Ne(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},G=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,n,i){this.type=1,this._$AH=c,this._$AN=void 0,this.element=t,this.name=e,this._$AM=n,this.options=i,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=c}_$AI(t,e=this,s,n){let i=this.strings,o=!1;if(i===void 0)t=K(this,t,e,0),o=!te(t)||t!==this._$AH&&t!==q,o&&(this._$AH=t);else{let h=t,l,d;for(t=i[0],l=0;l<i.length-1;l++)d=K(this,h[s+l],e,l),d===q&&(d=this._$AH[l]),o||=!te(d)||d!==this._$AH[l],d===c?t=c:t!==c&&(t+=(d??"")+i[l+1]),this._$AH[l]=d}o&&!n&&this.j(t)}j(t){t===c?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},me=class extends G{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===c?void 0:t}},fe=class extends G{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==c)}},ge=class extends G{constructor(t,e,s,n,i){super(t,e,s,n,i),this.type=5}_$AI(t,e=this){if((t=K(this,t,e,0)??c)===q)return;let s=this._$AH,n=t===c&&s!==c||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,i=t!==c&&(s===c||n);n&&this.element.removeEventListener(this.name,this,s),i&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},$e=class{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){K(this,t)}};var yt=ve.litHtmlPolyfillSupport;yt?.(se,ne),(ve.litHtmlVersions??=[]).push("3.3.3");var Ke=(r,t,e)=>{let s=e?.renderBefore??t,n=s._$litPart$;if(n===void 0){let i=e?.renderBefore??null;s._$litPart$=n=new ne(t.insertBefore(ee(),i),i,void 0,e??{})}return n._$AI(r),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var we=globalThis,$=class extends T{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=Ke(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return q}};$._$litElement$=!0,$.finalized=!0,we.litElementHydrateSupport?.({LitElement:$});var wt=we.litElementPolyfillSupport;wt?.({LitElement:$});(we.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var _=r=>(t,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(r,t)}):customElements.define(r,t)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var kt={attribute:!0,type:String,converter:Q,reflect:!1,hasChanged:le},xt=(r=kt,t,e)=>{let{kind:s,metadata:n}=e,i=globalThis.litPropertyMetadata.get(n);if(i===void 0&&globalThis.litPropertyMetadata.set(n,i=new Map),s==="setter"&&((r=Object.create(r)).wrapped=!0),i.set(e.name,r),s==="accessor"){let{name:o}=e;return{set(h){let l=t.get.call(this);t.set.call(this,h),this.requestUpdate(o,l,r,!0,h)},init(h){return h!==void 0&&this.C(o,void 0,r,h),h}}}if(s==="setter"){let{name:o}=e;return function(h){let l=this[o];t.call(this,h),this.requestUpdate(o,l,r,!0,h)}}throw Error("Unsupported decorator location: "+s)};function f(r){return(t,e)=>typeof e=="object"?xt(r,t,e):((s,n,i)=>{let o=n.hasOwnProperty(i);return n.constructor.createProperty(i,s),o?Object.getOwnPropertyDescriptor(n,i):void 0})(r,t,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function A(r){return f({...r,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var B=(r,t,e)=>(e.configurable=!0,e.enumerable=!0,Reflect.decorate&&typeof t!="object"&&Object.defineProperty(r,t,e),e);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function ke(r,t){return(e,s,n)=>{let i=o=>o.renderRoot?.querySelector(r)??null;if(t){let{get:o,set:h}=typeof s=="object"?e:n??(()=>{let l=Symbol();return{get(){return this[l]},set(d){this[l]=d}}})();return B(e,s,{get(){let l=o.call(this);return l===void 0&&(l=i(this),(l!==null||this.hasUpdated)&&h.call(this,l)),l}})}return B(e,s,{get(){return i(this)}})}}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var E=y`
  h2 { font-size: 1rem; margin: 0 0 0.4rem; }
  h3 { font-size: 0.9rem; margin: 0.7rem 0 0.2rem; color: var(--dim); font-weight: 600; }
  p { margin: 0.2rem 0; }
  button, select, input, .button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  button, summary, .button, select { cursor: pointer; }
  a { color: var(--accent); }
  .button { display: inline-block; }
  button:disabled { opacity: 0.4; cursor: default; }
  button.plain { border: 0; padding: 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; color: var(--dim); }
  .value { font: 13px/1.5 var(--mono); overflow-wrap: anywhere; }
  .dim { color: var(--dim); }
  .good { color: var(--good); }
  .bad { color: var(--bad); }
  .open { color: var(--unknown); }
  .same { color: inherit; }
  ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
  ins { background: var(--added); }
  del { background: var(--removed); text-decoration: line-through; }
  ins::before { content: "+"; }
`;var W=class extends ${constructor(){super(...arguments);this.run=[]}updated(){let e=this.renderRoot.querySelector("section > ol"),s=this.renderRoot.querySelector('[aria-current="step"]');e.scrollHeight>e.clientHeight&&(e.scrollTop=s.offsetTop-e.offsetTop-e.clientHeight/2)}render(){return a`<section aria-labelledby="run">
      <h2 id="run">The run, and where you have been</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
    </section>`}below(e){let s=[];for(let n=e;n.children.size>0;){let i=this.on(n)?this.run[n.run.length]:void 0,o=n.children.get(i??n.last??-1)??[...n.children.values()][0],h=[...n.children.values()].filter(l=>l!==o);s.push(...h.map(l=>a`<li><ol>${this.line(l)}${this.below(l)}</ol></li>`),this.line(o)),n=o}return s}line(e){let{length:s}=e.run,n=this.on(e)&&s===this.run.length;return a`<li>
      <button class=${this.on(e)?"":"off"} aria-current=${n?"step":"false"} @click=${()=>this.go(e)}>
        <span class="number">${s}</span><span>${s?e.said:"the start"}</span>
      </button>
    </li>`}on(e){return e.run.length<=this.run.length&&e.run.every((s,n)=>s===this.run[n])}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};W.styles=[E,y`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      button:hover { background: var(--hover); }
      button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `],p([f({attribute:!1})],W.prototype,"walk",2),p([f({attribute:!1})],W.prototype,"run",2),W=p([_("x-branches")],W);var xe=class{constructor(t){let{parts:e,whole:s}=JSON.parse(t),n=[],i=o=>Array.isArray(o)?o.map(i):o===null||typeof o!="object"?o:"$"in o?n[o.$]:Object.fromEntries(Object.entries(o).map(([h,l])=>[h,i(l)]));for(let o of e)n.push(i(o));this.whole=i(s)}get setting(){return this.whole.setting}get size(){return Object.keys(this.whole.places).length}run(t){let[e,s]=t.split("?"),n=new URLSearchParams(s).get("p");return decodeURIComponent(e??"")!==(t?this.setting.name:"")?null:Ge(n===null?this.whole.home:n,n===null?10:36)}has(t){return t.join(".")in this.whole.places}place(t){let e=this.whole.places[t.join(".")];if(e===void 0)return null;let{after:s}=e.trace;if(s===void 0)return e;let n=this.place(Ge(s,10)).trace.moves;return{...e,trace:{...e.trace,moves:[...n,...e.trace.moves]}}}},Ge=(r,t)=>r?r.split(".").map(e=>parseInt(e,t)):[],Fe=document.getElementById("explored"),w=Fe===null?null:new xe(Fe.textContent??"");var Ye={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function g(r){if("text"in r)return r.text;if("fields"in r)return`${r.name}(${r.fields.map(([,s])=>g(s)).join(", ")})`;if(r.kind==="map")return`{${r.entries.map(([s,n])=>`${g(s)}: ${g(n)}`).join(", ")}}`;let[t,e]=Ye[r.kind];return`${t}${r.items.map(g).join(", ")}${r.kind==="tuple"&&r.items.length===1?",":""}${e}`}function H(r,t=null,e="new"){let s=(o,h)=>Ae(o.map(([l,d])=>{let u=h?.get(l)??null;return a`<span class="dim">${l.replaceAll("_"," ")}:</span> ${u===null?g(d):N(d,u,e)}`}));if(!("fields"in r)||r.fields.length===0)return t===null?g(r):N(r,t,e);let n=t!==null&&"fields"in t&&t.name===r.name?new Map(t.fields):null,i=a`${r.name}(${s(r.fields,n)})`;return t===null||n!==null?i:e==="new"?a`<ins>${i}</ins>`:a`<del>${i}</del>`}function N(r,t,e){if(t!==null&&g(r)===g(t))return a`<span class="same">${g(r)}</span>`;if(t!==null&&"fields"in r&&"fields"in t&&r.name===t.name){let s=new Map(t.fields);return a`${r.name}(${Ae(r.fields.map(([n,i])=>N(i,s.get(n)??null,e)))})`}if(t!==null&&"kind"in r&&"kind"in t&&r.kind===t.kind){let[s,n]=Ye[r.kind];return a`${s}${Ae(_t(r,t,e))}${n}`}return _e(g(r),e)}function _t(r,t,e){if("entries"in r&&"entries"in t){let n=new Map(t.entries.map(([i,o])=>[g(i),o]));return r.entries.map(([i,o])=>{let h=n.get(g(i));return h?a`${g(i)}: ${N(o,h,e)}`:_e(`${g(i)}: ${g(o)}`,e)})}if(!("items"in r&&"items"in t))return[];if(r.kind==="tuple")return r.items.map((n,i)=>N(n,t.items[i]??null,e));let s=t.items.map(g);return r.items.map(n=>{let i=s.indexOf(g(n));return i<0?_e(g(n),e):(s.splice(i,1),g(n))})}function _e(r,t){return t==="new"?a`<ins>${r}</ins>`:a`<del>${r}</del>`}function Ae(r){return a`${r.map((t,e)=>a`${e>0?", ":c}${t}`)}`}var At={"false here":"✗","true here":"✓","reached here":"✓","about whole paths":"∞"},Je=["false here","reached here","true here","not reached here","without a case here","about whole paths"],C=class extends ${constructor(){super(...arguments);this.sought=null;this.wanted=""}render(){let e=new Map(this.setting.clauses.map(i=>[i.id,i])),s=this.wanted.toLowerCase(),n=this.place.truths.flatMap(i=>{let o=e.get(i.clause);return o===void 0?[]:[{clause:o,truth:i}]}).filter(({clause:i,truth:o})=>[i.id,i.name,i.sentence,o.here].some(h=>h.toLowerCase().includes(s))).sort((i,o)=>Je.indexOf(i.truth.here)-Je.indexOf(o.truth.here));return a`<section aria-labelledby="clauses">
      <h2 id="clauses">What the clauses say here</h2>
      ${n.map(({clause:i,truth:o})=>this.row(i,o))}
      <p class="dim">Of this place alone: <code>concordant check ${this.setting.stem}</code> judges the system.</p>
    </section>`}row(e,s){let n=s.here==="false here"||s.here==="reached here";return a`<details data-clause=${e.id} ?open=${s.here==="false here"||this.sought?.clause===e.id}>
      <summary class="row">
        <span class=${s.tone==="open"?"dim":s.tone} aria-hidden="true">${At[s.here]??"·"}</span>
        <span class="name">${e.name}</span>
        <span class="word ${s.tone==="open"?"dim":s.tone}">${s.here}</span>
      </summary>
      <div class="inside">
        <p>${e.sentence}</p>
        ${s.facts.length?a`<div class=${s.here==="false here"?"told":""}>${s.facts.map(i=>a`<p class="value">${i.name}: ${g(i.value)}</p>`)}</div>`:c}
        ${s.here==="about whole paths"?a`<p class="dim">It is about whole paths, and true or false in no one place: <code>concordant check</code> shows a lasso where it fails.</p>`:this.search(e,n)}
        ${e.argument?a`<details><summary>why it holds</summary><p class="argument">${e.argument}</p></details>`:c}
        ${e.pitfalls.length?a`<p class="dim">
              Broken by
              ${e.pitfalls.map((i,o)=>a`${o?", ":""}${w===null?a`<a href="#${i}">${i}</a>`:i}`)}
            </p>`:c}
      </div>
    </details>`}search(e,s){if(w!==null)return c;let n=this.sought?.clause===e.id?this.sought.news:null,i=e.reached?"Find the nearest place where it is reached":"Find the nearest place where it is false",o=this.sought!==null&&this.sought.since!==this.place.link;return a`<div class="searching">
      ${s?c:a`<button @click=${()=>this.send("seek",e.id)} ?disabled=${n?.state==="running"}>${i}</button>`}
      ${n===null?c:a`<span>${n.says}${o&&n.state!=="running"?" (from where the search began)":""}</span>`}
      ${n?.state==="running"?a`<button @click=${()=>this.send("stop",n.id)}>Stop</button>`:c}
      ${n?.link&&n.link!==this.place.link?a`<a href="#${n.link}">go there</a>`:c}
    </div>`}send(e,s){this.dispatchEvent(new CustomEvent(e,{detail:s}))}};C.styles=[E,y`
      :host { display: block; }
      details { border-bottom: 1px solid var(--faint); }
      details details { border: 0; }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) max-content; gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `],p([f({attribute:!1})],C.prototype,"setting",2),p([f({attribute:!1})],C.prototype,"place",2),p([f({attribute:!1})],C.prototype,"sought",2),p([f()],C.prototype,"wanted",2),C=p([_("x-clauses")],C);var F=class extends ${render(){let{in_flight:t,calls:e,history:s}=this.place;return a`<section aria-label="messages, calls and history">
      <h2>In flight</h2>
      ${t.length===0?a`<p class="dim">nothing</p>`:c}
      <dl>
        ${t.map(n=>a`<dt>${n.source} → ${n.to}</dt>
            <dd class="value">${n.messages.map(i=>a`<div>${g(i)}</div>`)}</dd>`)}
      </dl>
      ${e.length?a`<h2>Waiting for an answer</h2>${e.map(n=>a`<p class="value">${n.user} asks ${n.at}</p>`)}`:c}
      <details>
        <summary>What the clauses remember</summary>
        <p class="value">${H(s)}</p>
      </details>
    </section>`}};F.styles=[E,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],F.prototype,"place",2),F=p([_("x-flight")],F);var L=class extends ${constructor(){super(...arguments);this.wanted="";this.near=!1}render(){let{options:e}=this.place,s=this.wanted.toLowerCase(),n=e.filter(l=>[l.said,...l.comes].some(d=>d.toLowerCase().includes(s))),i=n.filter(l=>!l.fault),o=n.filter(l=>l.fault),h=l=>n.indexOf(l);return a`<section aria-labelledby="moves" @focusout=${()=>this.look(null)} @mouseleave=${()=>this.look(null)}>
      <h2 id="moves">What can be done</h2>
      ${e.length===0?a`<p>No move can be made: nothing more happens.</p>`:c}
      ${e.length>n.length?a`<p class="dim">${n.length} of ${e.length} fit the filter</p>`:c}
      ${Et(i).map(([l,d])=>a`<h3>${l}</h3><ul>${d.map(u=>this.move(u,h(u)))}</ul>`)}
      ${this.left(o.length>0)}
      <ul>${o.map(l=>this.move(l,h(l)))}</ul>
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${this.place.near.length} ${this.place.near.length===1?"move":"moves"} that cannot be made, and why not <kbd>n</kbd></summary>
        <ul>${this.place.near.map(l=>a`<li class="miss">${l.said} <span>${l.why}</span></li>`)}</ul>
      </details>
    </section>`}get buttons(){return[...this.renderRoot.querySelectorAll("button.move")]}left(e){let{left:s}=this.place;return s.length===0&&!e?c:a`<h3>
      Faults
      ${s.length?a`<span class="left">${s.map(n=>a`<span>${n.what}: ${n.left??"any number"} left</span>`)}</span>`:c}
    </h3>`}move(e,s){let n=s<9?`${s+1}`:"";return a`<li>
      <button
        class="move ${e.fault?"fault":""}"
        @click=${()=>this.take(e)}
        @mouseenter=${()=>this.look(e)}
        @focus=${()=>this.look(e)}
      >
        <span class="key">${n?a`<kbd aria-hidden="true">${n}</kbd>`:c}</span>
        <span class="said">
          ${e.said}
          <span class="comes">${e.comes.join("; ")}</span>
          ${e.says_no?a`<span class="no">${e.says_no}</span>`:c}
          ${w?.has([...this.place.run,e.number])===!1?a`<span class="no">leads beyond this page</span>`:c}
        </span>
      </button>
    </li>`}take(e){this.dispatchEvent(new CustomEvent("take",{detail:e.number}))}look(e){this.dispatchEvent(new CustomEvent("look",{detail:e}))}toggled(e){let{open:s}=e.target;s!==this.near&&this.dispatchEvent(new CustomEvent("near",{detail:s}))}};L.styles=[E,y`
      :host { display: block; }
      ul { list-style: none; margin: 0; padding: 0; }
      li { margin: 0.15rem 0; }
      button.move { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr); width: 100%; text-align: left; padding: 0.25rem 0.5rem; }
      button.move:hover { background: var(--hover); }
      button.move:focus-visible { background: var(--hover); }
      .comes { display: block; color: var(--dim); font-size: 0.9em; overflow-wrap: anywhere; }
      .said { overflow-wrap: anywhere; }
      .no { display: block; color: var(--unknown); font-size: 0.9em; }
      .fault { border-style: dashed; }
      .key { align-self: start; }
      li.miss { color: var(--dim); padding-left: 0.6rem; overflow-wrap: anywhere; }
      li.miss span { display: block; font-size: 0.9em; color: var(--unknown); }
      .left { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-weight: 400; }
      summary { margin-top: 0.7rem; }
    `],p([f({attribute:!1})],L.prototype,"place",2),p([f()],L.prototype,"wanted",2),p([f({type:Boolean})],L.prototype,"near",2),L=p([_("x-moves")],L);function Et(r){let t=new Map;for(let e of r)t.set(e.whose,[...t.get(e.whose)??[],e]);return[...t]}var St=18,R=30,Xe=44,j=26,Tt=40,Ct=36,Ze=7.3,P=class extends ${constructor(){super(...arguments);this.at=0;this.labels=!1;this.labelled=!1;this.sized=new ResizeObserver(()=>this.fit())}render(){let{lanes:e,moves:s,left:n}=this.trace,o=this.left+e.length*this.width+(this.labelled?this.words:0),h=Xe+(s.length+(n.length?1.6:.8))*R,l=`Space-time diagram: ${e.length} participants, ${s.length} moves. The list of moves says the same in words.`;return a`<svg class="heads" width=${o} height=${j} viewBox="0 0 ${o} ${j}" aria-hidden="true">
      ${e.map((d,u)=>x`<text class="head" x=${this.x(u)} y="18">${d}</text>`)}
    </svg>
    <svg class="rows" width=${o} height=${h-j} viewBox="0 ${j} ${o} ${h-j}" role="img" aria-label=${l}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((d,u)=>this.lane(d,u,h))}
      ${s.map((d,u)=>this.move(d,u+1,o))}
      ${n.map(d=>this.waiting(d.source,d.to,d.sent,h))} ${this.loop()}
    </svg>`}get left(){return Tt+(this.trace.acts===null&&this.trace.cycle===null?0:Ct)}get width(){return St+Ze*Math.max(6,...this.trace.lanes.map(e=>e.length))}get words(){return Ze*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){return Xe+(e-1)*R+R/2}place(e){return this.trace.lanes.indexOf(e)}lane(e,s,n){let i=this.trace.moves.map((h,l)=>({mark:h.row.mark,who:h.row.end,y:this.y(l+1)})).filter(({who:h,mark:l})=>h===e&&(l==="down"||l==="up")),o=[...i.map(({y:h})=>h),n-8];return o.map((h,l)=>{let d=i[l-1]?.mark==="down";return x`<line class="lane ${d?"is-down":""}" x1=${this.x(s)} x2=${this.x(s)} y1=${o[l-1]??26} y2=${h}></line>`})}move(e,s,n){let i=this.y(s),o=s===this.at?"here":s>this.at?"later":"";return x`<g class=${o} @click=${()=>this.choose(s)}>
      <title>${s}. ${e.said}</title>
      <rect class="band" x="0" y=${i-R/2} width=${n} height=${R}></rect>
      <text class="number" x="30" y=${i+4}>${s}</text>
      ${s===this.trace.acts?x`<text class="acts" x="46" y=${i+4}>◆</text>`:c}
      ${this.drawn(e,s)}
      ${this.labelled?x`<text class="label" x=${this.left+this.trace.lanes.length*this.width} y=${i+4}>${e.row.label}</text>`:c}
    </g>`}drawn(e,s){let{start:n,end:i,mark:o,sent:h,again:l}=e.row,d=this.x(this.place(i)),u=this.y(s);switch(o){case"inside":return x`<circle class="dot" cx=${d} cy=${u} r="4.5"></circle>`;case"down":return this.cross(d,u);case"up":return x`<path class="tip" d="M${d-6} ${u+5} L${d} ${u-6} L${d+6} ${u+5} z"></path>`;default:{let m=this.x(this.place(n)),v=h===null?u:this.y(h),k=o==="lost"?"is-lost":l?"again":h===null?"ask":"",S=(m+d)/2;if(o==="lost"){let Te=(v+u)/2;return x`<line class="message ${k}" x1=${m} y1=${v} x2=${S} y2=${Te}></line>${this.cross(S,Te)}`}return m===d?x`<path class="message ${k}" marker-end="url(#tip)" d="M${d} ${v} C${d+34} ${v} ${d+34} ${u} ${d+5} ${u}"></path>`:x`<line class="message ${k}" marker-end="url(#tip)" x1=${m} y1=${v} x2=${d} y2=${u}></line>`}}}waiting(e,s,n,i){let[o,h]=[this.place(e),this.place(s)];if(n===null||o<0||h<0)return c;let[l,d,u,m]=[this.x(o),this.x(h),this.y(n),i-14],[v,k]=[l+(d-l)*.8,u+(m-u)*.8],S=this.at<this.trace.moves.length?"later":"";return x`<line class="message in-flight ${S}" x1=${l} y1=${u} x2=${v} y2=${k}></line><circle class="ring ${S}" cx=${v} cy=${k} r="4"></circle>`}loop(){let{cycle:e,moves:s}=this.trace;if(e===null||e===0)return c;let[n,i]=[this.y(s.length-e+1),this.y(s.length)];return x`<path class="repeats" marker-end="url(#tip)" d="M14 ${i} H6 V${n} H16"><title>repeated for ever</title></path>`}cross(e,s){return x`<path class="cross" d="M${e-5} ${s-5} L${e+5} ${s+5} M${e+5} ${s-5} L${e-5} ${s+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.trace.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-j;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-R<this.scrollTop?this.scrollTop=e-R:e+2*R+j>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*R+j-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};P.styles=y`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,p([f({attribute:!1})],P.prototype,"trace",2),p([f({type:Number})],P.prototype,"at",2),p([f({type:Boolean})],P.prototype,"labels",2),p([A()],P.prototype,"labelled",2),P=p([_("c-spacetime")],P);var M=class extends ${constructor(){super(...arguments);this.looked=null;this.changed=!1;this.views=!1}render(){let{processes:e}=this.place,s=this.changed?e.filter(i=>this.has(i)):e,n=e.length-s.length;return a`<section aria-labelledby="state">
      <h2 id="state">State${this.looked===null?"":a` <span class="dim">if that move were made</span>`}</h2>
      <dl>${s.map(i=>this.process(i))}</dl>
      ${n?a`<p class="dim">${n} unchanged ${n===1?"is":"are"} hidden</p>`:c}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${()=>this.toggle("changed")} /> only what changed <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${()=>this.toggle("views")} /> what is seen from outside <kbd>v</kbd></label>
      </div>
    </section>`}has(e){return this.looked===null?e.before!==null:this.looked.changes.some(s=>s.who===e.who)}process(e){let s=this.looked===null?null:Rt(e,this.looked.changes),n=s!==null?a`${H(e.state,s,"old")} → ${H(s,e.state,"new")}`:e.before!==null&&this.looked===null?H(e.state,e.before,"new"):H(e.state),i=s!==null?"would":e.before!==null&&this.looked===null?"moved":"";return a`<dt class=${i}>${e.who}${e.up?c:a` <span class="down">down</span>`}</dt>
      <dd class="value">
        ${n} ${this.views?a`<div class="seen">from outside: ${H(e.view)}</div>`:c}
      </dd>`}toggle(e){this.dispatchEvent(new CustomEvent("toggle",{detail:e}))}};M.styles=[E,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); padding: 0.15rem 0 0.15rem 0.5rem; border-left: 3px solid transparent; }
      dd { margin: 0; padding: 0.15rem 0; }
      dt.moved { border-color: var(--accent); }
      dt.would { border-left-style: dashed; border-color: var(--accent); }
      .down { color: var(--bad); font-weight: 600; }
      .seen { color: var(--dim); }
      .toggles { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.9em; color: var(--dim); }
      label { display: inline-flex; gap: 0.3rem; align-items: center; cursor: pointer; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],M.prototype,"place",2),p([f({attribute:!1})],M.prototype,"looked",2),p([f({type:Boolean})],M.prototype,"changed",2),p([f({type:Boolean})],M.prototype,"views",2),M=p([_("x-state")],M);function Rt(r,t){let e=t.filter(n=>n.who===r.who);if(e.length===0)return null;let s=r.state;for(let n of e)n.field===""?s=n.after:"fields"in s&&(s={...s,fields:s.fields.map(([i,o])=>[i,i===n.field?n.after:o])});return s}var U=class extends Error{constructor(e,s){super(s);this.status=e}};async function Y(r,t,e={}){let s;try{s=await fetch(`${r}?${new URLSearchParams(t)}`,e)}catch{throw new U(0,"the server of this page does not answer: start concordant explore again")}let n=await s.json().catch(()=>({error:`the server answered ${s.status}`}));if(!s.ok)throw new U(s.status,n.error??`the server answered ${s.status}`);return n}var Qe=r=>r?{at:r}:{},Ee=async r=>w?.setting??Y("/api/setting",Qe(r)),re=async(r,{back:t=0,take:e=null}={})=>{if(w===null)return Y("/api/place",{...Qe(r),...t?{back:`${t}`}:{},...e===null?{}:{take:`${e}`}});let s=w.run(r),n=s===null?null:w.place([...s.slice(0,s.length-t),...e===null?[]:[e]]);if(n===null)throw new U(404,`this page holds ${w.size} places, and not that one: concordant explore '${r}' goes on from here`);return n},Ve=(r,t)=>Y("/api/search",{at:r,clause:t},{method:"POST"}),et=r=>Y(`/api/search/${r}`,{}),Se=r=>Y(`/api/search/${r}`,{},{method:"DELETE"}),tt=r=>Y("/api/trace",{},{method:"POST",body:r}),st=(r,t)=>`/api/file?${new URLSearchParams({at:r,format:t})}`;var nt=[["1 … 9","make that move"],["↑ ↓ or k j","from move to move; Enter makes it"],["← → or h l","back, and forward again"],["Home End","to the start; forward as far as you have been"],["d","only what changed"],["v","what is seen of each process from outside"],["n","what cannot be done, and why not"],["c","to the clauses"],["s","to the diagram"],["t","to the run and its branches"],["/","filter moves and clauses"],["y","copy the link to this place"],["?","these keys"]],rt=[["svg","picture (SVG)","run.svg"],["itf","trace to open again (ITF)","run.itf.json"],["mermaid","Mermaid","run.mmd"],["pytest","test for an implementation","test_run.py"]],it=y`
  :host { display: block; max-width: 110rem; margin: 0 auto; padding: 0.8rem 1rem 3rem; }
  h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; align-items: baseline; justify-content: space-between; }
  header p { margin: 0; flex-basis: 100%; }
  select { width: 20rem; max-width: 100%; box-sizing: border-box; }
  .bar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; padding: 0.5rem 0; margin-bottom: 0.4rem; background: var(--paper); border-bottom: 1px solid var(--faint); }
  .bar .space { flex: 1; }
  .bar input[type="search"] { width: 10rem; }
  .menu { position: relative; }
  .menu > summary { list-style: none; border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  .menu > summary::-webkit-details-marker { display: none; }
  .menu > div { position: absolute; right: 0; top: 110%; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.5rem 0.9rem; display: grid; gap: 0.4rem; white-space: nowrap; z-index: 2; }
  .file { position: absolute; width: 1px; height: 1px; opacity: 0; }
  .file:focus-visible + .button { outline: 2px solid var(--accent); }
  .last { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .last .effect { color: var(--dim); }
  .told { border-left: 3px solid var(--bad); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .told.reached { border-color: var(--good); }
  .problem { border: 1px solid var(--bad); border-radius: 4px; padding: 0.5rem 0.8rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
  .problem p { white-space: pre-line; }
  .columns { display: grid; grid-template: "a b" auto "a c" 1fr / minmax(0, 5fr) minmax(0, 6fr); gap: 1.5rem 2rem; align-items: start; }
  .columns > div { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .a { grid-area: a; }
  .b { grid-area: b; }
  .c { grid-area: c; }
  c-spacetime { max-height: 60vh; overflow: auto; }
  .acts { border-left: 3px solid var(--unknown); padding: 0.1rem 0.8rem; margin: 0.4rem 0; font-size: 0.9em; overflow-wrap: anywhere; }
  .beyond { overflow-wrap: anywhere; }
  .legend { color: var(--dim); font-size: 0.85em; }
  .legend span { display: inline-block; margin-right: 1.2em; }
  dialog { color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; max-width: 32rem; }
  dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 0.5rem 0; }
  dialog dd { margin: 0; }
  @media (min-width: 100rem) { .columns { grid-template: "a b c" / minmax(0, 5fr) minmax(0, 6fr) minmax(0, 5fr); } }
  @media (max-width: 60rem) { .columns { grid-template: "a" "b" "c" / minmax(0, 1fr); } c-spacetime { max-height: 70vh; } }
  @media (max-width: 40rem) { .bar { position: static; } .menu > div { right: auto; left: 0; } .bar .space { display: none; } }
`;var J=class{constructor(){this.root=ot([],"")}visit(t){let e=this.root;t.run.forEach((s,n)=>{let i=e.children.get(s);i===void 0&&(i=ot(t.run.slice(0,n+1),t.trace.moves[n]?.said??""),e.children.set(s,i)),e.last=s,e=i}),e.link=t.link}at(t){let e=this.root;for(let s of t)e=e?.children.get(s)??null;return e}way(t){let e=t;for(;e.link===null;)e=e.children.get(e.last??[...e.children.keys()][0]);return{at:e.link,back:e.run.length-t.run.length}}forward(t){let e=this.at(t);return e===null||e.last===null?null:e.children.get(e.last)??null}end(t){let e=this.forward(t);for(let s=e;s!==null;s=this.forward(s.run))e=s;return e}};function ot(r,t){return{run:r,said:t,link:null,children:new Map,last:null}}var Mt=300,b=class extends ${constructor(){super(...arguments);this.setting=null;this.place=null;this.drawn=null;this.looked=null;this.sought=null;this.changed=!1;this.views=!1;this.near=!1;this.wanted="";this.problem="";this.note="";this.walk=new J;this.asked=0;this.followed=async()=>{let e=location.hash.slice(1);if(this.place!==null&&e===this.place.link)return;let s=e.split("&m=")[0],n=this.setting!==null&&this.place!==null&&s===this.place.link.split("&m=")[0];await this.load(async()=>{let i=await re(e);return n||(this.setting=await Ee(i.link),this.walk=new J,this.drawn=null,document.title=`${this.setting.name}: Concordant`),i})};this.key=e=>{let s=e.composedPath()[0],n=s.matches?.("input:not([type=checkbox]), select, textarea")||this.help?.open;if(e.key==="Escape"&&s.matches?.("input[type=search]")&&(this.wanted="",s.blur()),n||e.altKey||e.ctrlKey||e.metaKey||this.place===null)return;let i=this.does(e.key);i!==null&&(e.preventDefault(),i())}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),addEventListener("hashchange",this.followed),this.followed()}async load(e){this.asked+=1;let s=this.asked;try{let n=await e();s===this.asked&&this.show(n)}catch(n){if(!(n instanceof U))throw n;this.problem=n.message}}show(e){let s=this.moves?.renderRoot.querySelector(":focus")!==null&&this.moves!==null;this.walk.visit(e),this.place=e,this.looked=null,this.problem="",this.note="";let{drawn:n}=this;(!(n!==null&&e.run.every((o,h)=>n.run[h]===o))||e.run.length===n.run.length)&&(this.drawn={run:e.run,trace:e.trace}),location.hash.slice(1)!==e.link&&history.pushState(null,"",`#${e.link}`),s&&this.updateComplete.then(()=>this.focusMove(0))}go(e){if(e===null||this.place===null)return;let{at:s,back:n}=this.walk.way(e);this.load(()=>re(s,{back:n}))}take(e){if(this.place===null)return;let{link:s}=this.place;this.load(()=>re(s,{take:e}))}back(){this.go(this.place===null?null:this.walk.at(this.place.run.slice(0,-1)))}step(e){this.go(this.drawn===null?null:this.walk.at(this.drawn.run.slice(0,e)))}async seek(e){if(this.place===null)return;let s=this.place.link;this.sought?.news.state==="running"&&await Se(this.sought.news.id).catch(()=>null);try{let n=await Ve(s,e);for(;;){if(this.sought!==null&&this.sought.news.id!==n.id&&Number(this.sought.news.id)>Number(n.id))return;if(this.sought={clause:e,since:s,news:n},n.state!=="running")break;await new Promise(i=>setTimeout(i,Mt)),n=await et(n.id)}n.link&&this.place?.link===s&&await this.load(()=>re(n.link)),this.note=n.says}catch(n){if(!(n instanceof U))throw n;this.problem=n.message}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this place is copied"}open(e){let s=e.target,n=s.files?.[0];s.value="",n!==void 0&&this.load(async()=>{let{departs:i,...o}=await tt(n);return this.setting=await Ee(o.link),this.walk=new J,this.drawn=null,this.updateComplete.then(()=>this.note=i===null?"as saved":`it departs from what was saved: ${i}; it is shown as far as it goes`),o})}does(e){let{run:s}=this.place;return/^[1-9]$/.test(e)?()=>this.moves?.buttons[Number(e)-1]?.click():{ArrowLeft:()=>this.back(),ArrowRight:()=>this.go(this.walk.forward(s)),ArrowUp:()=>this.nextMove(-1),ArrowDown:()=>this.nextMove(1),Home:()=>this.go(s.length?this.walk.root:null),End:()=>this.go(this.walk.end(s)),d:()=>this.changed=!this.changed,v:()=>this.views=!this.views,n:()=>this.near=!this.near,c:()=>this.focusIn("x-clauses","summary"),s:()=>this.renderRoot.querySelector("c-spacetime")?.focus(),t:()=>this.focusIn("x-branches",'[aria-current="step"]'),"/":()=>this.renderRoot.querySelector("input[type=search]")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}[{h:"ArrowLeft",l:"ArrowRight",k:"ArrowUp",j:"ArrowDown"}[e]??e]??null}nextMove(e){let s=this.moves?.buttons??[],n=s.findIndex(i=>i.matches(":focus"));this.focusMove(n<0?e>0?0:s.length-1:Math.max(0,Math.min(s.length-1,n+e)))}focusMove(e){this.moves?.buttons[e]?.focus()}focusIn(e,s){this.renderRoot.querySelector(e)?.renderRoot.querySelector(s)?.focus()}render(){if(this.place===null||this.setting===null)return a`<main>${this.troubled()}${this.problem?c:a`<p class="dim" role="status">Finding the run …</p>`}</main>`;let{place:e,setting:s}=this;return a`<main>
      <header>
        <h1>${s.name.split(/(?<=[._/])/).map(n=>a`${n}<wbr />`)}${s.scope?a` <span class="dim">${s.scope}</span>`:c}</h1>
        ${this.elsewhere(s)}
        <p>${s.shows}</p>
      </header>
      ${this.bar(e)} ${this.troubled()} ${this.last(e)} ${this.telling(e,s)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${e}
            .looked=${this.looked}
            .changed=${this.changed}
            .views=${this.views}
            @toggle=${n=>n.detail==="changed"?this.changed=!this.changed:this.views=!this.views}
          ></x-state>
          <x-moves
            .place=${e}
            .wanted=${this.wanted}
            .near=${this.near}
            @take=${n=>this.take(n.detail)}
            @look=${n=>this.looked=n.detail}
            @near=${n=>this.near=n.detail}
          ></x-moves>
          <x-flight .place=${e}></x-flight>
        </div>
        <div class="b">
          ${this.picture(e)}
          <x-branches .walk=${this.walk} .run=${e.run} @go=${n=>this.go(n.detail)}></x-branches>
        </div>
        <div class="c">
          <x-clauses
            .setting=${s}
            .place=${e}
            .sought=${this.sought}
            .wanted=${this.wanted}
            @seek=${n=>{this.seek(n.detail)}}
            @stop=${n=>{Se(n.detail)}}
          ></x-clauses>
        </div>
      </div>
      ${w===null?c:a`<p class="dim beyond">This page holds ${w.size} places. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${this.keys()}
    </main>`}elsewhere(e){if(w!==null)return c;let s=[["scopes",e.scopes,n=>`${e.stem}?scope=${encodeURIComponent(n)}`],["situations",e.situations,n=>n],["mistakes",e.pitfalls,n=>n]];return a`<label class="dim">
      Look at
      <select @change=${this.chosen} aria-label="look at another scope, situation or mistake of ${e.stem}">
        <option value="">another scope, situation or mistake …</option>
        ${s.map(([n,i,o])=>a`<optgroup label=${n}>${i.map(h=>a`<option value=${o(h.name)} title=${h.says}>${h.name}</option>`)}</optgroup>`)}
      </select>
    </label>`}chosen(e){let s=e.target;s.value&&(location.hash=s.value),s.value=""}bar(e){let s=this.walk.forward(e.run);return a`<nav class="bar" aria-label="the run">
      <button @click=${()=>this.go(this.walk.root)} ?disabled=${e.run.length===0} aria-label="to the start">|◀</button>
      <button @click=${()=>this.back()} ?disabled=${e.run.length===0} aria-label="back">◀</button>
      <button @click=${()=>this.go(s)} ?disabled=${s===null} aria-label="forward">▶</button>
      <button @click=${()=>this.go(this.walk.end(e.run))} ?disabled=${s===null} aria-label="forward as far as you have been">▶|</button>
      <span>${e.run.length===0?"at the start":`after ${e.run.length} ${e.run.length===1?"move":"moves"}`}</span>
      <span class="space"></span>
      <input type="search" placeholder="filter" aria-label="filter moves and clauses" .value=${this.wanted} @input=${n=>this.wanted=n.target.value} />
      ${w===null?this.files(e):c}
      <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
    </nav>`}files(e){return a`<button @click=${()=>{this.copy()}}>Copy link</button>
      <details class="menu">
        <summary>Save</summary>
        <div>
          ${e.run.length?rt.map(([s,n,i])=>a`<a href=${st(e.link,s)} download=${i}>${n}</a>`):a`<span class="dim">no move has been made</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">Open</label></span>`}troubled(){if(!this.problem)return c;let e=location.hash.slice(1).split("?")[0];return a`<div class="problem" role="alert">
      <p>${this.problem}</p>
      ${e&&this.place===null?a`<p><a href="#${e}" @click=${()=>this.forget()}>begin anew: ${decodeURIComponent(e)}</a></p>`:c}
    </div>`}forget(){this.problem=""}last(e){let s=e.trace.moves.at(-1);return a`<div class="last" role="status" aria-live="polite">
      ${s===void 0?a`<p>No move has been made yet.</p>`:a`<p><strong>${s.said}</strong></p>
            ${s.effects.map(n=>a`<p class="effect">${n}</p>`)} ${s.changes.map(Ot)}`}
      ${this.note?a`<p class="dim">${this.note}</p>`:c}
    </div>`}telling(e,s){let n=new Map(s.clauses.map(i=>[i.id,i]));return e.truths.filter(i=>i.here==="false here").map(i=>a`<div class="told" role="status"><strong class="bad">✗ false here: ${n.get(i.clause)?.name}</strong> ${n.get(i.clause)?.sentence}</div>`)}picture(e){let{trace:s}=this.drawn??e;return a`<section aria-labelledby="picture">
      <h2 id="picture">The run as a picture</h2>
      ${s.moves.length===0?a`<p class="dim">It is drawn once a move has been made.</p>`:a`<c-spacetime
              tabindex="0"
              labels
              .trace=${s}
              .at=${e.run.length}
              @step=${n=>this.step(n.detail)}
            ></c-spacetime>
            ${s.lasso?a`<p>${s.lasso}</p>`:c}
            ${s.instead.length?a`<div class="acts">${s.instead.map((n,i)=>a`<p>${i===0?`move ${s.acts}: ${n}`:n}</p>`)}</div>`:c}
            <p class="legend">${s.legend.map(n=>a`<span>${n}</span>`)}</p>
            ${s.notation.map(n=>a`<p class="legend">${n}</p>`)}`}
    </section>`}keys(){return a`<dialog aria-labelledby="keys" @click=${e=>e.target===this.help&&this.help.close()}>
      <h2 id="keys">Keys</h2>
      <dl>${nt.map(([e,s])=>a`<dt><kbd>${e}</kbd></dt><dd>${s}</dd>`)}</dl>
      <button @click=${()=>this.help.close()}>Close</button>
    </dialog>`}};b.styles=[E,it],p([A()],b.prototype,"setting",2),p([A()],b.prototype,"place",2),p([A()],b.prototype,"drawn",2),p([A()],b.prototype,"looked",2),p([A()],b.prototype,"sought",2),p([A()],b.prototype,"changed",2),p([A()],b.prototype,"views",2),p([A()],b.prototype,"near",2),p([A()],b.prototype,"wanted",2),p([A()],b.prototype,"problem",2),p([A()],b.prototype,"note",2),p([ke("x-moves")],b.prototype,"moves",2),p([ke("dialog")],b.prototype,"help",2),b=p([_("x-explorer")],b);function Ot(r){let t=r.field?`${r.who}.${r.field}`:r.who;return a`<p class="value">${t}: ${N(r.before,r.after,"old")} → ${N(r.after,r.before,"new")}</p>`}document.body.append(document.createElement("x-explorer"));})();
